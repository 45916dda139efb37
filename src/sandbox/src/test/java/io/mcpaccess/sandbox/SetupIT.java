package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.sandbox.authzen.RealOpenFga;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-shot of the containers, {@code assembly/docker/setup/setup.sh}, against the sandbox and a real OpenFGA. */
class SetupIT {
    private static final Path ROOT = Path.of(System.getProperty("repository.root"));

    @TempDir
    Path folder;

    @Test
    void makesADomainReadyAndRunsAgainWithoutChangingAnything() throws Exception {
        try (RealOpenFga openFga = RealOpenFga.startOrSkip();
                SandboxServer sandbox = SandboxServer.start(ROOT, folder.resolve("sandbox.yml"), """
                        gateway: {port: 0}
                        management: {port: 0}
                        domains: [{id: mcp}]
                        """)) {
            String first = setUp(sandbox, openFga);
            assertThat(first)
                    .contains("setup: the store mcp is made, with model and tuples")
                    .endsWith("setup: done\n");
            JsonNode secret = OAuthClient.json(Files.readString(folder.resolve("secrets.jsonl")));
            assertThat(secret.path("clientSecret").asText()).isNotEmpty();
            assertThat(first).doesNotContain(secret.path("clientSecret").asText());

            AmctlProcess amctl = new AmctlProcess(folder)
                    .with("AMCTL_URL", sandbox.management() + "/management")
                    .with("AMCTL_USERNAME", "admin")
                    .with("AMCTL_PASSWORD", "adminadmin");
            assertThat(amctl.run("check", "mcp", "user:alice", "can_call", "tool:echo")
                            .code())
                    .isZero();
            assertThat(amctl.run("check", "mcp", "user:alice", "can_call", "tool:get-sum")
                            .code())
                    .isEqualTo(5);

            assertThat(setUp(sandbox, openFga))
                    .contains("setup: the store mcp is there")
                    .endsWith("setup: done\n");
            assertThat(folder.resolve("secrets.jsonl")).content().hasLineCount(1);
        }
    }

    private String setUp(SandboxServer sandbox, RealOpenFga openFga) throws Exception {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("assembly/docker/setup/setup.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("AMCTL", ROOT.resolve("bin/amctl").toString());
        builder.environment().put("AMCTL_URL", sandbox.management() + "/management");
        builder.environment().put("AMCTL_USERNAME", "admin");
        builder.environment().put("AMCTL_PASSWORD", "adminadmin");
        builder.environment().put("OPENFGA_URL", openFga.url().toString());
        builder.environment().put("DOMAIN", "mcp");
        builder.environment().put("SECRETS", folder.resolve("secrets.jsonl").toString());
        Process process = builder.start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
