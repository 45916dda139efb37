package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.ManagedDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All checks of a domain, one after the other. A check that the caller has no right for says so, and the others go on. */
public final class Doctor {
    private final AmClient am;
    private final ManagedDomain domain;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * A doctor.
     *
     * @param am the management API
     * @param domain whose health it is about
     */
    public Doctor(AmClient am, ManagedDomain domain) {
        this.am = am;
        this.domain = domain;
    }

    /**
     * Looks at everything.
     *
     * @param gateway the gateway's address without a slash at its end; without it the gateway is not asked
     * @param pep an MCP server's client as {@code {clientId, clientSecret}}, may be empty
     * @param homes AM homes on this machine
     * @return what was seen, in the order of the checks
     */
    public List<Finding> findings(Optional<String> gateway, JsonNode pep, List<Path> homes) {
        Optional<Duration> management = ClockCheck.ahead(am.time(), Instant.now());
        homes.forEach(home -> findings.addAll(HomeCheck.of(home)));
        check("plugins", () -> PluginCheck.of(domain));
        check("engine", () -> EngineCheck.of(domain));
        boolean hasEngine = domain.engine().isPresent();
        if (hasEngine) {
            check("tools", () -> ToolCheck.of(domain));
        }
        check("flows", () -> FlowCheck.of(domain, domain.applications((done, all) -> {})));
        Optional<Duration> gatewayClock = Optional.empty();
        if (gateway.isPresent()) {
            String path = domain.read().path("path").asText("/" + domain.id());
            GatewayCheck check = new GatewayCheck(gateway.get() + (path.equals("/") ? "" : path));
            findings.addAll(check.findings(pep, hasEngine ? firstTool(pep) : Optional.empty()));
            gatewayClock = ClockCheck.ahead(check.time(), Instant.now());
        } else {
            findings.add(Finding.note(
                    "the gateway was not asked",
                    "its plugins, its clock and its store are not known",
                    "--gateway URL"));
        }
        findings.addAll(ClockCheck.of(management, gatewayClock));
        return List.copyOf(findings);
    }

    private void check(String what, Supplier<List<Finding>> check) {
        try {
            findings.addAll(check.get());
        } catch (AmFailure e) {
            findings.add(Finding.warning(
                    what + " could not be looked at",
                    e.getMessage(),
                    "give the user the right to read them, or ask AM's log"));
        }
    }

    /** A tool of the server whose client asks, else any. */
    private Optional<String> firstTool(JsonNode pep) {
        Optional<String> any = Optional.empty();
        for (JsonNode server : domain.openEngine().mcpServers()) {
            JsonNode tool = server.path("tools").path(0).path("key");
            if (tool.isTextual()) {
                any = any.or(() -> Optional.of(tool.asText()));
                if (server.path("clientId").equals(pep.path("clientId"))) {
                    return Optional.of(tool.asText());
                }
            }
        }
        return any;
    }
}
