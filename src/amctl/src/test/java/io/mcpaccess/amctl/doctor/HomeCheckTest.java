package io.mcpaccess.amctl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.amctl.doctor.Finding.Grade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeCheckTest {
    @TempDir
    Path home;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        Files.createDirectories(home.resolve("config"));
        zip("openfga-engine-0.2.0.zip", 1000, "type=authorization-engine\nid=openfga\nversion=0.2.0\n");
        zip("authzen-protocol-0.2.0.zip", 1000, "type=protocol\nid=authzen\nversion=0.2.0\n");
        zip("mcp-tool-policy-0.2.0.zip", 1000, "type=policy\nid=mcp-tool-access\nversion=0.2.0\n");
    }

    @Test
    void aHomeWithOurPluginsAloneIsInOrder() {
        assertThat(HomeCheck.of(home))
                .extracting(Finding::grade)
                .containsOnly(Grade.OK)
                .hasSize(3);
    }

    @Test
    void aNewerZipOfTheVendorShadowsOurs() throws IOException {
        zip(
                "vendor.zip",
                2000,
                "type=authorization-engine\nid=openfga\nversion=1\nfeature=am-authorizationengine-openfga\n");

        assertThat(ill())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.line()).contains("vendor.zip", "the licensed plugin openfga", "install.sh"));
    }

    @Test
    void anOlderOneIsNamedToo() throws IOException {
        zip(
                "vendor.zip",
                500,
                "type=authorization-engine\nid=openfga\nversion=1\nfeature=am-authorizationengine-openfga\n");

        assertThat(ill())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line())
                        .contains("openfga-engine-0.2.0.zip is taken", "vendor.zip shadowed"));
    }

    @Test
    void aMissingPluginIsAnError() throws IOException {
        Files.delete(home.resolve("plugins/mcp-tool-policy-0.2.0.zip"));

        assertThat(ill())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).contains("has no plugin mcp-tool-access"));
    }

    @Test
    void aHiddenAudienceIsFoundInTheSettings() throws IOException {
        Files.writeString(
                home.resolve("config/gravitee.yml"),
                "handlers:\n  oauth2:\n    introspect:\n      allowAudience: false\n");

        assertThat(ill())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.line()).contains("allowAudience to false", "refuse every token"));
    }

    @Test
    void aFolderThatIsNoHomeIsSaidSo() {
        assertThat(HomeCheck.of(home.resolve("nowhere")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).contains("cannot be read", "--home"));
    }

    private List<Finding> ill() {
        return HomeCheck.of(home).stream().filter(Finding::isIll).toList();
    }

    private void zip(String name, int seconds, String manifest) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream classes = new ZipOutputStream(jar)) {
            classes.putNextEntry(new ZipEntry("plugin.properties"));
            classes.write(manifest.getBytes(StandardCharsets.ISO_8859_1));
        }
        Path file = home.resolve("plugins").resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("lib/other.jar"));
            zip.putNextEntry(new ZipEntry("plugin.jar"));
            zip.write(jar.toByteArray());
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000L));
    }
}
