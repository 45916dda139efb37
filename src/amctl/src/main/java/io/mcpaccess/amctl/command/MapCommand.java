package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code map}: who may call what. */
@Command(
        name = "map",
        sortOptions = false,
        description = "Says who may call which tool, or what one user or application may call.")
public final class MapCommand extends DomainCommand {
    private static final int SHOWN = 10;

    /** The forms of an answer. */
    public enum Format {
        /** For a person. */
        text,
        /** As the registry gives it. */
        json,
        /** For a spreadsheet. */
        csv,
        /** The page for a browser; without pages. */
        html
    }

    @Option(
            names = "--subject",
            paramLabel = "TYPE:ID",
            description = "What one may call: user:alice, application:agent.")
    private String subject;

    @Option(names = "--explain", description = "With --subject: the engine's words for the first 20 refusals.")
    private boolean explain;

    @Option(names = "--filter", paramLabel = "TEXT", description = "What a server's name, a tool or a scope contains.")
    private String filter;

    @Option(names = "--format", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}; text unless given.")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it to a file.")
    private Path file;

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        Format wanted = format != null ? format : isJson() ? Format.json : Format.text;
        StringBuilder query = new StringBuilder("?format=" + (wanted == Format.text ? Format.json : wanted));
        if (wanted == Format.html) {
            query.append("&size=1000");
        }
        if (subject != null) {
            query.append("&subject=").append(AmClient.encoded(subject)).append("&explain=" + explain);
        }
        if (filter != null) {
            query.append("&q=").append(AmClient.encoded(filter));
        }
        output.note("Reading the map …");
        String answer = am.text(domain.settings() + "/mcp/map" + query);
        String text =
                wanted == Format.text ? text(answer) : Output.printable(answer) + (wanted == Format.json ? "\n" : "");
        if (file != null) {
            write(text);
        } else if (wanted == Format.text) {
            text.lines().forEach(output::line);
        } else {
            output.raw(text);
        }
        return ExitCode.DONE;
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "The file " + file + " cannot be written.");
        }
    }

    private static String text(String json) {
        JsonNode map;
        try {
            map = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(ExitCode.FAILED, "The map is no JSON; is the engine this project's?");
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode tool : map.path("tools")) {
            lines.add(tool.path("server").asText() + " / " + tool.path("key").asText());
            lines.add("  scopes: " + joined(tool.path("scopes"), "none"));
            if (tool.has("decision")) {
                lines.add("  "
                        + (tool.path("decision").asBoolean()
                                ? "allowed"
                                : "denied by " + tool.path("layer").asText() + ": "
                                        + tool.path("reason_code").asText()));
                tool.path("why").asText("").lines().forEach(line -> lines.add("      " + line));
            } else {
                JsonNode users = tool.path("users");
                lines.add("  applications: " + names(tool.path("applications").findValuesAsText("clientId"), "none"));
                lines.add("  users: "
                        + (users.path("everyone").asBoolean() ? "everyone " : "")
                        + joined(users.path("ids"), users.path("everyone").asBoolean() ? "" : "nobody")
                        + (users.path("truncated").asBoolean() ? " and perhaps more" : "")
                        + (users.has("reason_code")
                                ? " (" + users.path("reason_code").asText() + ")"
                                : ""));
            }
        }
        lines.add(map.path("total").asInt() + " tools.");
        return String.join("\n", lines) + "\n";
    }

    private static String joined(JsonNode list, String none) {
        List<String> values = new ArrayList<>();
        list.forEach(value -> values.add(value.asText()));
        return names(values, none);
    }

    private static String names(List<String> values, String none) {
        if (values.isEmpty()) {
            return none;
        }
        int more = values.size() - SHOWN;
        return String.join(" ", values.subList(0, Math.min(SHOWN, values.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
