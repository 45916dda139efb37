package io.mcpaccess.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.mcpaccess.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreDependenciesTest {

    @ArchTest
    static final ArchRule coreKnowsTheJdkJacksonAndTheValuesOfOpenFgaAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.mcpaccess.core..",
                    "io.mcpaccess.openfga",
                    "java..",
                    "javax.crypto..",
                    "com.fasterxml.jackson..");
}
