package dev.tandem.replay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Reading files knows nothing of publishing, and sample histories nothing of either. */
@AnalyzeClasses(packages = "dev.tandem.replay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldMergeWithoutKafka =
      noClasses()
          .that()
          .resideInAPackage("dev.tandem.replay.merge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.tandem.replay.publish..");

  @ArchTest
  static final ArchRule shouldListenAndFetchWithoutKafka =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.tandem.replay.live..", "dev.tandem.replay.fetch..", "dev.tandem.replay.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "dev.tandem.replay.publish..");

  @ArchTest
  static final ArchRule shouldGenerateOnItsOwn =
      noClasses()
          .that()
          .resideInAPackage("dev.tandem.replay.generate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "dev.tandem.replay.publish..", "dev.tandem.replay.merge..");

  @ArchTest
  static final ArchRule shouldEndTheProcessInMainOnly =
      noClasses()
          .that()
          .doNotHaveSimpleName("Main")
          .should()
          .callMethod(System.class, "exit", int.class);
}
