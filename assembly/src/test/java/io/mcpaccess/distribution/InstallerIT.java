package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class InstallerIT {

    private static final String OTHERS = "gravitee-am-identityprovider-inline-4.10.21.zip";
    private static final String ENGINE = "openfga-engine-" + Repository.version() + ".zip";
    private static final String PROTOCOL = "authzen-protocol-" + Repository.version() + ".zip";
    private static final String POLICY = "mcp-tool-policy-" + Repository.version() + ".zip";
    private static final String VENDOR = "gravitee-am-authorizationengine-openfga-1.0.0-alpha.6.zip";

    @TempDir
    Path directory;

    private Installer installer;
    private AmHome gateway;
    private AmHome management;

    @BeforeEach
    void unpackTheBundleBesideTwoHomes() throws Exception {
        PluginZip.unpack(Repository.bundle(), Files.createDirectory(directory.resolve("bundle")));
        installer = new Installer(directory.resolve("bundle/mcp-access-" + Repository.version()));
        gateway = AmHome.gateway(directory.resolve("gateway home"));
        management = AmHome.management(directory.resolve("management"));
    }

    @Test
    void putsIntoEachHomeWhatItsNodeLoads() throws Exception {
        Installer.Run run = installer.run(gateway, management);

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, ENGINE, PROTOCOL, POLICY);
        assertThat(management.pluginFiles()).containsExactlyInAnyOrder(OTHERS, ENGINE, POLICY);
    }

    @Test
    void installingTwiceIsTheSameAsOnce() throws Exception {
        installer.run(gateway);

        Installer.Run second = installer.run(gateway);

        assertThat(second.status()).as(second.output()).isZero();
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, ENGINE, PROTOCOL, POLICY);
        assertThat(installer.run("--uninstall", gateway).status()).isZero();
        assertThat(gateway.pluginFiles()).containsExactly(OTHERS);
    }

    @Test
    void stopsBeforeItSetsAsideThePluginOfSomebodyElse() throws Exception {
        gateway.plugin(VENDOR, "authorization-engine", "openfga", "1.0.0-alpha.6");

        Installer.Run run = installer.run(gateway, management);

        assertThat(run.status()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("? set aside " + VENDOR).contains("--yes");
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, VENDOR);
        assertThat(management.pluginFiles()).containsExactly(OTHERS);
    }

    @Test
    void setsOtherPluginsOfTheTypeAndIdAsideAndUninstallPutsThemBack() throws Exception {
        Path vendor = gateway.plugin(VENDOR, "authorization-engine", "openfga", "1.0.0-alpha.6");
        FileTime time = Files.getLastModifiedTime(vendor);
        byte[] content = Files.readAllBytes(vendor);

        assertThat(installer.run("--yes", gateway).status()).isZero();
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, ENGINE, PROTOCOL, POLICY);

        assertThat(installer.run("--uninstall", gateway).status()).isZero();
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, VENDOR);
        assertThat(vendor).hasBinaryContent(content);
        assertThat(Files.getLastModifiedTime(vendor)).isEqualTo(time);
        assertThat(gateway.plugins().resolve(".mcp-access")).doesNotExist();
    }

    @Test
    void theNewestFileWinsAndTheCheckSaysWhatItShadows() throws Exception {
        installer.run(gateway);
        Path later = gateway.plugin(VENDOR, "authorization-engine", "openfga", "1.0.0-alpha.6");
        Files.setLastModifiedTime(later, FileTime.from(Instant.now().plusSeconds(60)));

        Installer.Run shadowed = installer.run("--check", gateway);
        Files.setLastModifiedTime(later, FileTime.from(Instant.now().minusSeconds(60)));
        Installer.Run loaded = installer.run("--check", gateway);

        assertThat(shadowed.status()).as(shadowed.output()).isEqualTo(1);
        assertThat(shadowed.output())
                .contains("authorization-engine/openfga: AM loads " + VENDOR)
                .contains("shadowed by it: " + ENGINE)
                .contains("protocol/authzen: version " + Repository.version());
        assertThat(loaded.status()).as(loaded.output()).isZero();
        assertThat(loaded.output()).contains("shadowed by it: " + VENDOR);
    }

    @Test
    void checkOfAnEmptyHomeSaysWhatIsMissing() throws Exception {
        Installer.Run run = installer.run("--check", management);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("authorization-engine/openfga: missing", "policy/mcp-tool-access: missing")
                .doesNotContain("protocol/");
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        Installer.Run run = installer.run("--dry-run", "--yes", gateway);

        assertThat(run.status()).isZero();
        assertThat(run.output()).contains("+ " + ENGINE, "dry run: nothing was changed");
        assertThat(gateway.pluginFiles()).containsExactly(OTHERS);
    }

    @Test
    void stopsAtAPluginThatHasTheIdWithAnotherType() throws Exception {
        gateway.plugin("custom.zip", "policy", "authzen", "1.0");

        Installer.Run run = installer.run(gateway);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.output()).contains("custom.zip has the id authzen with the type policy");
    }

    @Test
    void stopsAtANewerVersionOfItself() throws Exception {
        gateway.plugin("engine-9.zip", "authorization-engine", "openfga", "9.0.0", "io.mcpaccess.engine.OpenFgaEngine");

        Installer.Run run = installer.run(gateway);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.output()).contains("engine-9.zip: version 9.0.0 is newer than " + Repository.version());
    }

    @Test
    void stopsAtAnAmThatIsTooOld() throws Exception {
        Files.move(
                gateway.directory().resolve("lib/gravitee-am-gateway-standalone-bootstrap-4.10.21.jar"),
                gateway.directory().resolve("lib/gravitee-am-gateway-standalone-bootstrap-4.9.3.jar"));

        Installer.Run run = installer.run(gateway);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.output()).contains("AM 4.9.3 is older than 4.10");
    }

    @Test
    void refusesADirectoryThatIsNoHomeOfAmAndTouchesNoOther() throws Exception {
        Files.createDirectories(directory.resolve("tomcat/lib"));

        Installer.Run run = installer.run(gateway, directory.resolve("tomcat"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains("neither an AM gateway nor an AM management API");
        assertThat(gateway.pluginFiles()).containsExactly(OTHERS);
    }

    @Test
    void asksForTheDirectoryWhenGraviteeYmlMovesThePlugins() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(
                gateway.directory().resolve("config/gravitee.yml"),
                "plugins:\n  path: \"" + elsewhere + "\" # moved\n");

        Installer.Run refused = installer.run(gateway);
        Installer.Run told = installer.run("--plugins", elsewhere, gateway);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).contains("plugins.path (" + elsewhere + ")");
        assertThat(told.status()).as(told.output()).isZero();
        assertThat(elsewhere.resolve(ENGINE)).exists();
    }

    @Test
    void leavesAFileThatIsNoPluginAlone() throws Exception {
        Files.writeString(gateway.plugins().resolve("notes.zip"), "not an archive");

        assertThat(installer.run(gateway).status()).isZero();
        assertThat(gateway.plugins().resolve("notes.zip")).hasContent("not an archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3", "jar"})
    void worksWithoutUnzip(String tool) throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String needed : List.of(
                "awk",
                "basename",
                "cat",
                "cp",
                "dirname",
                "grep",
                "id",
                "ls",
                "mkdir",
                "mktemp",
                "mv",
                "rm",
                "rmdir",
                "sed",
                "sort",
                "touch",
                "tr",
                tool)) {
            Path wrapper = Files.writeString(bin.resolve(needed), "#!/bin/sh\nexec " + find(needed) + " \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }

        Installer.Run run = installer.run(Map.of("PATH", bin.toString()), gateway);

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(gateway.pluginFiles()).containsExactlyInAnyOrder(OTHERS, ENGINE, PROTOCOL, POLICY);
    }

    private static Path find(String command) {
        if (command.equals("jar")) {
            return Path.of(System.getProperty("java.home"), "bin", "jar");
        }
        for (String entry : ("/usr/bin:/bin:" + System.getenv("PATH")).split(":")) {
            if (Files.isExecutable(Path.of(entry, command))) {
                return Path.of(entry, command);
            }
        }
        throw new TestAbortedException(command + " is not on this machine");
    }
}
