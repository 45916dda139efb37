package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The login of an MCP client (MCP, authorization): from the challenge of the server to the metadata (RFC 9728), to AM's
 * metadata, to a code with PKCE (RFC 7636) for this resource alone (RFC 8707). Prints neither token nor secret.
 */
final class TryLogin {
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final Pattern SCOPE = Pattern.compile("scope=\"([^\"]+)\"");
    private static final int RANDOM_BYTES = 32;

    private final TryHttp http;
    private final URI tried;
    private final String clientId;
    private final Optional<String> clientSecret;
    private final URI callback;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> scopes = new TreeSet<>();
    private JsonNode server;
    private String resource = "";
    private String verifier = "";
    private String state = "";

    TryLogin(TryHttp http, URI tried, String clientId, Optional<String> clientSecret, URI callback) {
        this.http = http;
        this.tried = tried;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.callback = callback;
    }

    /** Learns from a refusal where to log in, and which scopes are asked for; those of before stay. */
    void learn(HttpResponse<String> refused) throws TryException {
        String challenge = String.join(" ", refused.headers().allValues("WWW-Authenticate"));
        Matcher scope = SCOPE.matcher(challenge);
        if (scope.find()) {
            scopes.addAll(Set.of(scope.group(1).split(" ")));
        }
        if (server != null) {
            return;
        }
        Matcher metadata = METADATA.matcher(challenge);
        if (!metadata.find()) {
            throw new TryException("The server answered " + refused.statusCode()
                    + " and names no metadata: is there a guard in front of it?");
        }
        JsonNode document = TryHttp.object(http.get(TryMetadata.uri(metadata.group(1))), "The server's metadata");
        String said = document.path("resource").asText();
        TryMetadata.requireResourceOf(tried, said);
        String issuer = document.path("authorization_servers").path(0).asText();
        JsonNode found = TryHttp.object(
                http.get(TryMetadata.uri(issuer + "/.well-known/openid-configuration")), "The metadata of AM");
        TryMetadata.requireOneServer(issuer, found);
        resource = said;
        server = found;
    }

    /** Whether an answer belongs to the login that was begun last. */
    boolean isAsked(Map<String, String> answer) {
        return !state.isEmpty() && state.equals(answer.get("state"));
    }

    /**
     * @return where the person's browser goes
     */
    String begin() {
        verifier = random();
        state = random();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", callback.toString());
        query.put("resource", resource);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        query.put("state", state);
        if (!scopes.isEmpty()) {
            query.put("scope", String.join(" ", scopes));
        }
        String endpoint = server.path("authorization_endpoint").asText();
        return endpoint + (endpoint.contains("?") ? "&" : "?") + form(query);
    }

    /**
     * @param answer of AM, as it came back to the callback
     * @return an access token
     */
    String end(Map<String, String> answer) throws TryException {
        if (!isAsked(answer)) {
            throw new TryException("The answer of AM belongs to another login. Log in again.");
        }
        state = "";
        if (!answer.containsKey("code")) {
            throw new TryException("AM gave no code: " + answer.getOrDefault("error", "no reason") + " "
                    + answer.getOrDefault("error_description", ""));
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", answer.get("code"));
        body.put("redirect_uri", callback.toString());
        body.put("code_verifier", verifier);
        body.put("resource", resource);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (clientSecret.isPresent()) {
            headers.put(
                    "Authorization",
                    new io.mcpaccess.guard.oauth.ClientCredentials(clientId, clientSecret.get()).basicHeader());
        } else {
            body.put("client_id", clientId);
        }
        URI endpoint = URI.create(server.path("token_endpoint").asText());
        String token = TryHttp.object(http.post(endpoint, headers, form(body)), "AM's token endpoint")
                .path("access_token")
                .asText();
        if (token.isEmpty()) {
            throw new TryException("AM gave no access token.");
        }
        return token;
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public String toString() {
        return "TryLogin[" + clientId + "]";
    }
}
