package io.mcpaccess.samples.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The authorization code flow with PKCE S256 and the {@code resource} parameter in both requests (OAuth 2.1; RFC 7636;
 * RFC 8707; MCP, authorization).
 */
public final class AuthorizationCodeFlow {
    private final Http http;
    private final AuthorizationServer server;
    private final OAuthClient client;
    private final RandomGenerator random;

    /**
     * @param http makes the calls without a browser
     * @param server the authorization server
     * @param client the application
     * @param random a source fit for secrets
     */
    public AuthorizationCodeFlow(Http http, AuthorizationServer server, OAuthClient client, RandomGenerator random) {
        this.http = http;
        this.server = server;
        this.client = client;
        this.random = random;
    }

    /**
     * Gets a token.
     *
     * @param browser the person who logs in and approves
     * @param resource the MCP server that the token is for
     * @param scope what to ask for, separated by spaces
     * @return the token
     * @throws IOException when there is no answer
     * @throws FlowException when AM refuses; the message has its error
     */
    public Token run(AmBrowser browser, URI resource, String scope) throws IOException, FlowException {
        Pkce pkce = Pkce.create(random);
        String state = Pkce.text(random);
        URI back = browser.authorize(request(resource, scope, pkce, state), client.redirectUri());
        return exchange(code(back, state), resource, pkce);
    }

    private URI request(URI resource, String scope, Pkce pkce, String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", client.redirectUri());
        query.put("scope", scope);
        query.put("state", state);
        query.put("resource", resource.toString());
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", "S256");
        return URI.create(server.authorizationEndpoint() + "?" + Http.encoded(query));
    }

    private static String code(URI back, String state) throws FlowException {
        Map<String, String> answer = query(back);
        if (answer.containsKey("error")) {
            throw new FlowException("AM refused the authorization: " + answer.get("error") + " ("
                    + answer.getOrDefault("error_description", "no description") + ").");
        }
        if (!state.equals(answer.get("state")) || !answer.containsKey("code")) {
            throw new FlowException("AM came back without the request's state or without a code.");
        }
        return answer.get("code");
    }

    private Token exchange(String code, URI resource, Pkce pkce) throws IOException, FlowException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", client.redirectUri());
        fields.put("code_verifier", pkce.verifier());
        fields.put("resource", resource.toString());
        if (client.clientSecret().isEmpty()) {
            fields.put("client_id", client.clientId());
        }
        HttpResponse<String> answer = http.form(server.tokenEndpoint(), client.authentication(), fields);
        JsonNode body = Http.json(answer.body());
        if (answer.statusCode() != 200 || !body.path("access_token").isTextual()) {
            throw new FlowException("The token endpoint answered " + answer.statusCode() + " "
                    + body.path("error").asText() + " ("
                    + body.path("error_description").asText() + ").");
        }
        return new Token(body.path("access_token").asText(), body.path("scope").asText());
    }

    /**
     * Revokes a token (RFC 7009).
     *
     * @param token the token
     * @return the status of the answer; 200 when done
     * @throws IOException when there is no answer
     */
    public int revoke(Token token) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("token", token.value());
        fields.put("token_type_hint", "access_token");
        if (client.clientSecret().isEmpty()) {
            fields.put("client_id", client.clientId());
        }
        return http.form(server.revocationEndpoint(), client.authentication(), fields)
                .statusCode();
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return values;
    }
}
