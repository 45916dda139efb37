package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class BundleIT {

    @Test
    void holdsThePluginsAndWhatAnOperatorNeeds() throws Exception {
        String version = Repository.version();

        try (ZipFile bundle = new ZipFile(Repository.bundle().toFile())) {
            List<String> files = bundle.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();

            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(List.of(
                                    "plugins/openfga-engine-" + version + ".zip",
                                    "plugins/authzen-protocol-" + version + ".zip",
                                    "plugins/mcp-tool-policy-" + version + ".zip",
                                    "install.sh",
                                    "consent-form.html",
                                    "model/store.fga.yaml",
                                    "README.md",
                                    "CHANGELOG.md",
                                    "LICENSE")
                            .stream()
                            .map(name -> "mcp-access-" + version + "/" + name)
                            .toList());
        }
    }
}
