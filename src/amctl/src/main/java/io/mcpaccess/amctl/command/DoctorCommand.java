package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.doctor.Doctor;
import io.mcpaccess.amctl.doctor.Finding;
import io.mcpaccess.amctl.doctor.Finding.Grade;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what is wrong with an installed AM. Changes nothing. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Checks an installed AM: plugins, engine, tools, flows, consent form, applications, gateway, clocks.",
            "Changes nothing. One line a finding: what is so, why it matters, and what mends it; exit code 8 if there"
                    + " is any."
        })
public final class DoctorCommand extends DomainCommand {
    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "The gateway, such as https://auth.example.com (AMCTL_GATEWAY).")
    private String gateway;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "An AM home on this machine, to look at its plugin ZIPs and gravitee.yml; may be repeated.")
    private List<Path> homes = List.of();

    @Option(names = "--all", description = "Show what is in order, too.")
    private boolean all;

    @Mixin
    private McpCredentials credentials;

    @Override
    void checkOptions() {
        credentials.body(secrets());
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        output.note("Looking at the domain …");
        Optional<String> address = secrets().plain(gateway, "AMCTL_GATEWAY").map(url -> url.replaceFirst("/+$", ""));
        List<Finding> findings = new Doctor(am, domain).findings(address, credentials.body(secrets()), homes);
        boolean isIll = findings.stream().anyMatch(Finding::isIll);
        if (isJson()) {
            output.json(json(findings, isIll));
        } else {
            findings.stream()
                    .filter(finding -> all || finding.grade() != Grade.OK)
                    .forEach(finding -> output.line(finding.line()));
            long fine = findings.stream()
                    .filter(finding -> finding.grade() == Grade.OK)
                    .count();
            output.line((isIll ? "" : "Nothing has to be mended. ") + fine + " checks are in order"
                    + (all ? "." : ", --all shows them."));
        }
        return isIll ? ExitCode.ILL : ExitCode.DONE;
    }

    private static ObjectNode json(List<Finding> findings, boolean isIll) {
        ObjectNode json = Json.object().put("ill", isIll);
        ArrayNode list = json.putArray("findings");
        findings.forEach(finding -> list.add((JsonNode) finding.json()));
        return json;
    }
}
