package io.mcpaccess.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mcpaccess.sandbox.shared.Database;
import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void launcherAndSharedPackageNeedTheJdkAlone() {
        classes()
                .that()
                .resideInAnyPackage("io.mcpaccess.sandbox", "io.mcpaccess.sandbox.shared")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.mcpaccess.sandbox", "io.mcpaccess.sandbox.shared")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.mcpaccess.sandbox"));
    }

    @Test
    void nodesSeeTheSharedPackageAndNothingElseOfTheLauncher() throws Exception {
        ClassLoader shared = new SharedClassesOnly(LauncherTest.class.getClassLoader());

        assertThat(shared.loadClass(Database.class.getName())).isSameAs(Database.class);
        assertThatThrownBy(() -> shared.loadClass(Test.class.getName())).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> shared.loadClass(SandboxServer.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
