package dev.tandem.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core has no engine in it, so what it decides is the same in both of them. */
@AnalyzeClasses(packages = "dev.tandem.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldMeetKafkaInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tandem.core.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule shouldNotEndTheProcess =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
