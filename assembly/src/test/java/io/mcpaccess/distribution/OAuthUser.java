package io.mcpaccess.distribution;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** A user with a browser of his own, and the application {@code agent} or {@code trusted} that acts for him. */
final class OAuthUser {

    static final String RESOURCE = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final String VERIFIER = "v".repeat(50);

    private final String domain;
    private final String client;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    OAuthUser(String domain, String client) {
        this.domain = domain;
        this.client = client;
    }

    /**
     * What came of an authorization request.
     *
     * @param consentPage the consent page, {@code ""} where none was shown
     * @param callback where the browser was sent in the end
     */
    record Authorization(String consentPage, URI callback) {

        String parameter(String name) {
            Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(callback.toString());
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** Asks for scopes; signs in as alice and answers the consent page where they are shown. */
    Authorization authorize(String scope, boolean approve) throws IOException, InterruptedException {
        return authorize(scope, approve, Map.of());
    }

    /** The same, with fields in the answer that the consent page does not have. */
    Authorization authorize(String scope, boolean approve, Map<String, String> more)
            throws IOException, InterruptedException {
        URI uri = URI.create(domain + "/oauth/authorize?"
                + form(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        client,
                        "redirect_uri",
                        CALLBACK,
                        "scope",
                        scope,
                        "resource",
                        RESOURCE,
                        "state",
                        "s",
                        "code_challenge",
                        challenge(),
                        "code_challenge_method",
                        "S256")));
        HttpRequest next = HttpRequest.newBuilder(uri).build();
        String consentPage = "";
        for (int steps = 0; steps < 12; steps++) {
            HttpResponse<String> response = http.send(next, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 302) {
                URI location = response.uri()
                        .resolve(response.headers().firstValue("Location").orElseThrow());
                if (location.toString().startsWith(CALLBACK)) {
                    return new Authorization(consentPage, location);
                }
                next = HttpRequest.newBuilder(location).build();
            } else if (response.body().contains("user_oauth_approval")) {
                consentPage = response.body();
                Map<String, String> answer = new LinkedHashMap<>(more);
                answer.put("user_oauth_approval", String.valueOf(approve));
                next = submit(response, answer);
            } else {
                next = submit(response, Map.of("username", "alice", "password", "wonderland"));
            }
        }
        throw new IllegalStateException("the browser goes round in circles");
    }

    /** Asks for scopes, approves where asked, and swaps the code for tokens. */
    String signIn(String scope) throws IOException, InterruptedException {
        return swap(authorize(scope, true));
    }

    /** The tokens for the code that an authorization ended with. */
    String swap(Authorization authorization) throws IOException, InterruptedException {
        return token(Map.of(
                "grant_type", "authorization_code",
                "code", authorization.parameter("code"),
                "redirect_uri", CALLBACK,
                "code_verifier", VERIFIER,
                "resource", RESOURCE));
    }

    String refresh(String tokens) throws IOException, InterruptedException {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", Json.text(tokens, "refresh_token")));
    }

    /** The scopes of a token response. */
    static List<String> scopes(String tokens) {
        return List.of(Json.text(tokens, "scope").split(" "));
    }

    /** A token request of the application. */
    String token(Map<String, String> fields) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((client + ":s3cret").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = post(URI.create(domain + "/oauth/token"), fields)
                .header("Authorization", "Basic " + basic)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest submit(HttpResponse<String> page, Map<String, String> fields) {
        Element form = Jsoup.parse(page.body()).selectFirst("form");
        if (form == null) {
            throw new IllegalStateException("no form in " + page.body());
        }
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input[type=hidden]").forEach(field -> all.put(field.attr("name"), field.val()));
        all.putAll(fields);
        return post(page.uri().resolve(form.attr("action")), all).build();
    }

    private static HttpRequest.Builder post(URI uri, Map<String, String> fields) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
