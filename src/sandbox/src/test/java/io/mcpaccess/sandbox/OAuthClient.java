package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.TestBrowser.encode;
import static io.mcpaccess.sandbox.TestBrowser.location;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An OAuth client of one domain in a test: builds requests, walks the browser through login and consent. */
final class OAuthClient {
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final String clientId;
    private final String secret;
    private final String redirectUri;
    private final TestBrowser machine = new TestBrowser();

    OAuthClient(String base, String clientId, String secret, String redirectUri) {
        this.base = base;
        this.clientId = clientId;
        this.secret = secret;
        this.redirectUri = redirectUri;
    }

    String authorizeUrl(String scope, String... resources) {
        StringBuilder url = new StringBuilder(base + "/oauth/authorize?response_type=code&client_id=" + clientId
                + "&redirect_uri=" + encode(redirectUri) + "&state=xyz&code_challenge_method=S256&code_challenge="
                + challenge());
        if (scope != null) {
            url.append("&scope=").append(encode(scope));
        }
        for (String resource : resources) {
            url.append("&resource=").append(encode(resource));
        }
        return url.toString();
    }

    /** The callback's location after login and, where it is asked for, consent. */
    String approve(TestBrowser browser, String authorizeUrl, String username, String password) {
        HttpResponse<String> response = browser.get(authorizeUrl);
        for (int hops = 0; hops < 8; hops++) {
            if (response.statusCode() == 302) {
                String next = location(response);
                if (next.startsWith(redirectUri)) {
                    return next;
                }
                response = browser.get(next);
            } else if (response.uri().getPath().endsWith("/login")) {
                response = browser.submit(response, Map.of("username", username, "password", password));
            } else if (response.uri().getPath().endsWith("/oauth/consent")) {
                response = browser.submit(response, Map.of("user_oauth_approval", "true"));
            } else {
                throw new AssertionError(response.uri() + ": " + response.statusCode() + " " + response.body());
            }
        }
        throw new AssertionError("too many redirects");
    }

    String code(TestBrowser browser, String username, String password, String scope, String... resources) {
        String callback = approve(browser, authorizeUrl(scope, resources), username, password);
        return callback.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    HttpResponse<String> exchange(String code, String... resources) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", redirectUri);
        fields.put("code_verifier", VERIFIER);
        if (resources.length > 0) {
            fields.put("resource", resources[0]);
        }
        return token(fields);
    }

    HttpResponse<String> token(Map<String, String> fields) {
        return machine.post(base + "/oauth/token", fields, basic(clientId, secret));
    }

    HttpResponse<String> revoke(String token) {
        return machine.post(base + "/oauth/revoke", Map.of("token", token), basic(clientId, secret));
    }

    JsonNode introspect(String token, String caller, String callerSecret) {
        HttpResponse<String> response =
                machine.post(base + "/oauth/introspect", Map.of("token", token), basic(caller, callerSecret));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    static String basic(String id, String secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((encode(id) + ":" + encode(secret)).getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static JsonNode claims(String jwt) {
        return json(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
