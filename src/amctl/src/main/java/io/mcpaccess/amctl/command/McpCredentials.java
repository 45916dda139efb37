package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Secrets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What an MCP server is shown when its tools are read. */
public final class McpCredentials {
    @Option(
            names = "--mcp-token-file",
            paramLabel = "FILE",
            description = "A file with a bearer token for the MCP server (or AMCTL_MCP_TOKEN).")
    private Path tokenFile;

    @Option(
            names = "--mcp-client-id",
            paramLabel = "ID",
            description = "The MCP server's own client id (or AMCTL_MCP_CLIENT_ID).")
    private String clientId;

    @Option(
            names = "--mcp-secret-file",
            paramLabel = "FILE",
            description = "A file with the MCP server's own client secret (or AMCTL_MCP_CLIENT_SECRET).")
    private Path secretFile;

    boolean isGiven(Secrets secrets) {
        return !body(secrets).isEmpty();
    }

    ObjectNode body(Secrets secrets) {
        return addTo(Json.object(), secrets);
    }

    ObjectNode addTo(ObjectNode body, Secrets secrets) {
        Optional<String> token = secrets.read(tokenFile, "AMCTL_MCP_TOKEN");
        Optional<String> id = secrets.plain(clientId, "AMCTL_MCP_CLIENT_ID");
        Optional<String> secret = secrets.read(secretFile, "AMCTL_MCP_CLIENT_SECRET");
        if (id.isPresent() != secret.isPresent()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The MCP server's client id and secret go together: --mcp-client-id with AMCTL_MCP_CLIENT_SECRET or"
                            + " --mcp-secret-file.");
        }
        if (token.isPresent() && id.isPresent()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give the MCP server either a token or its client id and secret, not both.");
        }
        token.ifPresent(value -> body.put("bearerToken", value));
        id.ifPresent(value -> body.put("clientId", value).put("clientSecret", secret.orElseThrow()));
        return body;
    }
}
