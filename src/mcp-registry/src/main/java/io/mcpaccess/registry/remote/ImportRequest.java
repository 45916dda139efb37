package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.AmLimits;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.DeclaredTool;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.ScopeTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to import: {@code {url, bearerToken? | clientId?, clientSecret?, name?, resourceIdentifier?, scopeTemplate?,
 * scopes?: {tool: [scope]}}}.
 *
 * @param url the MCP endpoint to ask
 * @param credentials what it is shown
 * @param name the server's name; empty keeps a registered one, or takes the host's
 * @param identifiers what tokens call the server; the URL unless said
 * @param template how scopes are named that nobody named
 * @param scopes scopes given by tool
 */
public record ImportRequest(
        String url,
        ServerCredentials credentials,
        Optional<String> name,
        List<String> identifiers,
        ScopeTemplate template,
        Map<String, List<String>> scopes) {

    /** Takes copies. */
    public ImportRequest {
        identifiers = List.copyOf(identifiers);
        scopes = Map.copyOf(scopes);
    }

    /**
     * Reads a request.
     *
     * @param json the body
     * @return the request
     * @throws InvalidDeclarationException if it is none
     */
    public static ImportRequest read(ObjectNode json) {
        String url = DeclarationReader.text(json, "url")
                .orElseThrow(() -> new InvalidDeclarationException("url is missing."));
        return new ImportRequest(
                url,
                ServerCredentials.of(json),
                DeclarationReader.text(json, "name").map(AmLimits::name),
                AmLimits.identifiers(List.of(
                        DeclarationReader.text(json, "resourceIdentifier").orElse(url))),
                ScopeTemplate.of(DeclarationReader.text(json, "scopeTemplate").orElse(null)),
                scopes(json.path("scopes")));
    }

    private static Map<String, List<String>> scopes(JsonNode json) {
        Map<String, List<String>> scopes = new LinkedHashMap<>();
        if (json instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(
                            tool -> DeclarationReader.texts(object, tool).ifPresent(list -> scopes.put(tool, list)));
        } else if (!json.isMissingNode() && !json.isNull()) {
            throw new InvalidDeclarationException("scopes must be an object from tool names to lists of scopes.");
        }
        return scopes;
    }

    /**
     * The server to register.
     *
     * @param tools what it offers
     * @return the declaration
     * @throws InvalidDeclarationException if scopes are given for a tool that it does not offer
     */
    public DeclaredServer declare(List<RemoteTool> tools) {
        List<String> unknown = scopes.keySet().stream()
                .filter(key -> tools.stream().noneMatch(tool -> tool.name().equals(key)))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidDeclarationException(
                    "scopes names tools that the MCP server does not offer: " + String.join(", ", unknown) + ".");
        }
        return new DeclaredServer(
                name,
                Optional.empty(),
                identifiers,
                true,
                tools.stream()
                        .map(tool -> new DeclaredTool(
                                tool.name(),
                                Optional.of(tool.description()),
                                Optional.ofNullable(scopes.get(tool.name())),
                                tool.hints(),
                                tool.mapping()))
                        .toList());
    }
}
