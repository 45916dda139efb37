package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.protect.Item;
import io.mcpaccess.amctl.protect.Protection;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code protect}: the policy in the flows, the consent form, and what else a domain needs. */
@Command(
        name = "protect",
        sortOptions = false,
        description = {
            "Makes a domain ready for MCP access control, or takes that back; a plan first.",
            "Puts the policy mcp-tool-access into the flows TOKEN (before) and CONSENT (before and after), a consent"
                    + " form that names tools, and an engine where there is none. Names the applications that do not"
                    + " inherit flows."
        })
public final class ProtectCommand extends DomainCommand {
    private static final int EACH = 25;

    @Option(names = "--apply", description = "Do it.")
    private boolean apply;

    @Option(names = "--undo", description = "Take back what protect put in, and nothing else.")
    private boolean undo;

    /** The modes of the policy. */
    public enum Mode {
        /** Records. */
        observe,
        /** Refuses tokens. */
        reject,
        /** Takes scopes out. */
        narrow
    }

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "The policy at the token endpoint: ${COMPLETION-CANDIDATES}; observe unless given.")
    private Mode mode = Mode.observe;

    @Option(
            names = "--loopback",
            description = "Allow redirect URIs on loopback and http, which desktop MCP clients need.")
    private boolean loopback;

    @Option(names = "--keep-form", description = "A consent form of the domain's own is fine as it is.")
    private boolean keepForm;

    @Option(
            names = "--embedded",
            paramLabel = "NAME",
            description = "Where there is no engine: one on this store file of the nodes.")
    private String storeFile;

    @Option(
            names = "--openfga",
            paramLabel = "URL",
            description = "Where there is no engine: one on this OpenFGA server.")
    private String openFga;

    @Option(
            names = "--store",
            paramLabel = "ID",
            description = "With --openfga: the store's id. A token for it: AMCTL_OPENFGA_TOKEN.")
    private String store;

    @Option(
            names = "--engine-config",
            paramLabel = "FILE",
            description = "Where there is no engine: one with this configuration, JSON.")
    private Path engineConfig;

    private Optional<JsonNode> engine = Optional.empty();

    @Override
    void checkOptions() {
        long ways = List.of(storeFile != null, openFga != null, engineConfig != null).stream()
                .filter(given -> given)
                .count();
        if (ways > 1 || (openFga == null) != (store == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give one of --embedded, --openfga with --store, and --engine-config.");
        }
        if (storeFile != null) {
            engine = Optional.of(Json.object().put("mode", "embedded").put("storeFile", storeFile));
        } else if (openFga != null) {
            ObjectNode server = Json.object()
                    .put("mode", "server")
                    .put("connectionUri", openFga)
                    .put("storeId", store);
            secrets().plain("AMCTL_OPENFGA_TOKEN").ifPresent(token -> server.put("apiToken", token));
            engine = Optional.of(server);
        } else if (engineConfig != null) {
            engine = Optional.of(read(engineConfig));
        }
    }

    private static JsonNode read(Path file) {
        try {
            if (new ObjectMapper().readTree(Files.readString(file)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Said below: the text may hold a token.
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
        throw new CommandFailure(ExitCode.USAGE, "The file " + file + " is no JSON object.");
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        Protection protection = new Protection(domain);
        output.note("Reading the domain …");
        if (undo) {
            protection.planUndo();
        } else {
            protection.plan(new Protection.Wish(mode.name(), engine, loopback, keepForm));
        }
        boolean changes = protection.items().stream().anyMatch(Item::isChange);
        boolean isDone = apply && changes && protection.code() == ExitCode.DONE;
        List<JsonNode> notInheriting = undo ? List.of() : notInheriting(domain, output);
        if (isDone) {
            protection.apply();
        }
        if (isJson()) {
            output.json(json(protection, isDone, notInheriting));
        } else {
            text(protection, changes, isDone, notInheriting, output);
        }
        return protection.code();
    }

    private static List<JsonNode> notInheriting(ManagedDomain domain, Output output) {
        return domain
                .applications((done, all) -> {
                    if (done % EACH == 0) {
                        output.note("Reading applications: " + done + " of " + all + " …");
                    }
                })
                .stream()
                .filter(application -> application.path("enabled").asBoolean(true))
                .filter(application -> !application
                        .path("settings")
                        .path("advanced")
                        .path("flowsInherited")
                        .asBoolean(true))
                .toList();
    }

    private static String clientId(JsonNode application) {
        return application.path("settings").path("oauth").path("clientId").asText();
    }

    private static ObjectNode json(Protection protection, boolean isDone, List<JsonNode> notInheriting) {
        ObjectNode json = Json.object().put("applied", isDone);
        ArrayNode items = json.putArray("items");
        protection.items().forEach(item -> items.add(item.json()));
        ArrayNode applications = json.putArray("applicationsWithoutFlows");
        notInheriting.forEach(application -> applications
                .addObject()
                .put("clientId", clientId(application))
                .put("name", application.path("name").asText()));
        return json;
    }

    private void text(
            Protection protection, boolean changes, boolean isDone, List<JsonNode> notInheriting, Output output) {
        protection.items().forEach(item -> output.line(item.line()));
        if (!notInheriting.isEmpty()) {
            output.line("These applications do not inherit the domain's flows, so the policy does not run for them:");
            notInheriting.forEach(application -> output.line("  " + clientId(application) + " ("
                    + application.path("name").asText() + ")"));
        }
        if (isDone) {
            output.line("Done.");
        } else if (protection.code() == ExitCode.REFUSED) {
            output.line("Nothing was changed: see what is refused.");
        } else if (changes) {
            output.line("A plan: nothing was changed. --apply does it.");
        } else {
            output.line("Nothing to do.");
        }
    }
}
