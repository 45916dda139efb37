package io.mcpaccess.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.mcpaccess.guard", importOptions = ImportOption.DoNotIncludeTests.class)
class GuardArchitectureTest {
    @ArchTest
    static final ArchRule needsOnlyTheJdkJacksonSlf4jNimbusAndServlets = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "io.mcpaccess.guard..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "com.nimbusds..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule touchesServletsInTheAdapterAlone = classes()
            .that()
            .resideOutsideOfPackage("io.mcpaccess.guard.servlet..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule leavesCryptographyToNimbusInOnePlace = classes()
            .that()
            .resideOutsideOfPackage("io.mcpaccess.guard.oauth.jwt..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("com.nimbusds..");
}
