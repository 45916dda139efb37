package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A file of servers: {@code servers:} is a list, each declared with {@code name, resourceIdentifiers, tools} or imported with
 * {@code import: {url, …}}. Secrets stay out of it: {@code credentials} names variables of the environment.
 */
final class ServersFile {
    private static final Set<String> DECLARED =
            Set.of("name", "description", "resourceIdentifiers", "scopeTemplate", "tools");
    private static final Set<String> IMPORTED = Set.of("name", "import", "credentials");
    private static final Set<String> IMPORT = Set.of("url", "resourceIdentifier", "scopeTemplate", "scopes");
    private static final Set<String> CREDENTIALS = Set.of("tokenVariable", "clientId", "secretVariable");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']*)'");

    private final Path file;
    private final Secrets secrets;

    ServersFile(Path file, Secrets secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** Reads the file. */
    List<Declaration> read() {
        JsonNode root = parse();
        known(root, Set.of("servers"), "the file");
        if (!root.path("servers").isArray() || root.path("servers").isEmpty()) {
            throw wrong("it needs a list 'servers'");
        }
        List<Declaration> declarations = new ArrayList<>();
        for (JsonNode server : root.path("servers")) {
            String where = "servers[" + declarations.size() + "]";
            if (!(server instanceof ObjectNode object)) {
                throw wrong(where + " is not a mapping");
            }
            declarations.add(object.has("import") ? imported(object, where) : declared(object, where));
        }
        return declarations;
    }

    private JsonNode parse() {
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            if (root == null || !root.isObject()) {
                throw wrong("it is not a mapping");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw wrong(fault(e));
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    /** Where YAML ends to be YAML, or which key stands twice; the reader's own text is for programmers. */
    private static String fault(JsonProcessingException e) {
        int line = e instanceof JacksonYAMLParseException && e.getCause() instanceof MarkedYAMLException marked
                ? marked.getProblemMark().getLine() + 1
                : e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
        String where = line > 0 ? " at line " + line : "";
        return twice.find() ? "the key '" + twice.group(1) + "' stands there twice" + where : "it is no YAML" + where;
    }

    private Declaration declared(ObjectNode server, String where) {
        known(server, DECLARED, where);
        return new Declaration(name(server, where), Declaration.DECLARE, server);
    }

    private Declaration imported(ObjectNode server, String where) {
        known(server, IMPORTED, where);
        if (!(server.path("import") instanceof ObjectNode source)) {
            throw wrong(where + ".import is not a mapping");
        }
        known(source, IMPORT, where + ".import");
        ObjectNode body = source.deepCopy();
        String name = server.path("name").asText(source.path("url").asText(where));
        if (server.has("name")) {
            body.put("name", server.path("name").asText());
        }
        addCredentials(body, server.path("credentials"), where + ".credentials");
        return new Declaration(name, Declaration.IMPORT, body);
    }

    private void addCredentials(ObjectNode body, JsonNode credentials, String where) {
        known(credentials, CREDENTIALS, where);
        if (credentials.has("tokenVariable")) {
            body.put("bearerToken", variable(credentials, "tokenVariable", where));
        }
        if (credentials.has("clientId") || credentials.has("secretVariable")) {
            body.put("clientId", credentials.path("clientId").asText());
            body.put("clientSecret", variable(credentials, "secretVariable", where));
        }
    }

    private String variable(JsonNode credentials, String member, String where) {
        String name = credentials.path(member).asText();
        return secrets.plain(name)
                .orElseThrow(
                        () -> wrong(where + "." + member + " names the variable '" + name + "', which is not set"));
    }

    private String name(ObjectNode server, String where) {
        if (!server.path("name").isTextual()) {
            throw wrong(where + " has no name");
        }
        return server.path("name").asText();
    }

    private void known(JsonNode node, Set<String> members, String where) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.matches("(?i).*(secret|token|password)") && !members.contains(name)) {
                throw wrong("'" + name + "' in " + where
                        + " would be a secret in a file that is passed round. Put the secret into the environment and"
                        + " name its variable: credentials: {tokenVariable: NAME}, or {clientId: ID, secretVariable:"
                        + " NAME}");
            }
            if (!members.contains(name)) {
                throw wrong("'" + name + "' is not known in " + where + "; there are "
                        + String.join(", ", members.stream().sorted().toList()));
            }
        }
    }

    private CommandFailure wrong(String what) {
        return new CommandFailure(ExitCode.USAGE, file + ": " + what + ". Nothing was sent.");
    }
}
