package io.mcpaccess.samples.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * How an MCP client finds the authorization server of an MCP server: challenge, protected resource metadata (RFC 9728),
 * authorization server metadata (RFC 8414 or OpenID Connect Discovery).
 */
public final class Discovery {
    private final Http http;

    /**
     * @param http makes the calls
     */
    public Discovery(Http http) {
        this.http = http;
    }

    /**
     * Reads the metadata that a challenge points to.
     *
     * @param mcpServer the URL the client connects to
     * @param resourceMetadata from the challenge
     * @return the issuer of the authorization server
     * @throws IOException when there is no answer
     * @throws FlowException when the metadata is not about this server (RFC 9728, section 3.3)
     */
    public URI issuerOf(URI mcpServer, URI resourceMetadata) throws IOException, FlowException {
        JsonNode metadata = document(resourceMetadata);
        if (!mcpServer.toString().equals(metadata.path("resource").asText())) {
            throw new FlowException("The metadata at " + resourceMetadata + " is not about " + mcpServer + ".");
        }
        String issuer = metadata.path("authorization_servers").path(0).asText();
        if (issuer.isEmpty()) {
            throw new FlowException("The metadata at " + resourceMetadata + " names no authorization server.");
        }
        return URI.create(issuer);
    }

    /**
     * Reads the authorization server's metadata, from the three places in the order that MCP says.
     *
     * @param issuer its identifier
     * @return its endpoints
     * @throws IOException when there is no answer
     * @throws FlowException when no place has a document of this issuer with PKCE S256
     */
    public AuthorizationServer authorizationServer(URI issuer) throws IOException, FlowException {
        for (URI place : places(issuer)) {
            HttpResponse<String> answer = http.get(place, Map.of("Accept", "application/json"));
            JsonNode metadata = Http.json(answer.body());
            if (answer.statusCode() == 200
                    && issuer.toString().equals(metadata.path("issuer").asText())) {
                return server(issuer, metadata);
            }
        }
        throw new FlowException("None of " + places(issuer) + " has the metadata of " + issuer + ".");
    }

    private static AuthorizationServer server(URI issuer, JsonNode metadata) throws FlowException {
        boolean s256 = false;
        for (JsonNode method : metadata.path("code_challenge_methods_supported")) {
            s256 |= method.asText().equals("S256");
        }
        if (!s256) {
            throw new FlowException("The authorization server " + issuer + " does not say that it knows PKCE S256.");
        }
        return new AuthorizationServer(
                issuer,
                URI.create(metadata.path("authorization_endpoint").asText()),
                URI.create(metadata.path("token_endpoint").asText()),
                URI.create(metadata.path("revocation_endpoint").asText()));
    }

    static List<URI> places(URI issuer) {
        String root = issuer.getScheme() + "://" + issuer.getRawAuthority();
        String path = issuer.getRawPath();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + path),
                URI.create(root + "/.well-known/openid-configuration" + path),
                URI.create(root + path + "/.well-known/openid-configuration"));
    }

    private JsonNode document(URI place) throws IOException, FlowException {
        HttpResponse<String> answer = http.get(place, Map.of("Accept", "application/json"));
        if (answer.statusCode() != 200) {
            throw new FlowException(place + " answered " + answer.statusCode() + " instead of a document.");
        }
        return Http.json(answer.body());
    }
}
