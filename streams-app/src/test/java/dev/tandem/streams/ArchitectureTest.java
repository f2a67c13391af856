package dev.tandem.streams;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows of this module, and the one place that may know Kafka Streams from inside. */
@AnalyzeClasses(packages = "dev.tandem.streams", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String INTERNALS =
      "dev\\.tandem\\.streams\\.topology\\.(CommitHook|LookupStore).*";

  @ArchTest
  static final ArchRule shouldNotMeetTheOtherApps =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "dev.tandem.backfill..",
              "dev.tandem.replay..",
              "dev.tandem.localkafka..");

  @ArchTest
  static final ArchRule shouldUseInternalsOfStreamsInTwoClassesOnly =
      noClasses()
          .that()
          .haveNameNotMatching(INTERNALS)
          .should()
          .dependOnClassesThat(
              are(resideInAPackage("org.apache.kafka.streams..internals.."))
                  .or(resideInAnyPackage("org.apache.kafka.streams.processor.internals..")));

  @ArchTest
  static final ArchRule shouldKeepTheTopologyFreeOfTheService =
      noClasses()
          .that()
          .resideInAnyPackage("dev.tandem.streams.topology..", "dev.tandem.streams.query..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tandem.streams.service..", "dev.tandem.streams.http..", "io.javalin..");

  @ArchTest
  static final ArchRule shouldHaveNoCycles =
      slices().matching("dev.tandem.streams.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldEndTheProcessInMainOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class)
          .should()
          .callMethod(System.class, "exit", int.class);
}
