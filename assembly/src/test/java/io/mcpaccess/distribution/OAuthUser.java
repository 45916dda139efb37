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
    private final String username;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    OAuthUser(String domain, String client) {
        this(domain, client, "alice");
    }

    OAuthUser(String domain, String client, String username) {
        this.domain = domain;
        this.client = client;
        this.username = username;
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

    /** Asks for scopes; signs in and answers the consent page where they are shown. */
    Authorization authorize(String scope, boolean approve) throws IOException, InterruptedException {
        return authorize(scope, approve, Map.of());
    }

    /** The same, with fields in the answer that the consent page does not have. */
    Authorization authorize(String scope, boolean approve, Map<String, String> more)
            throws IOException, InterruptedException {
        return authorize(request(scope), approve, more);
    }

    /** The same for a request of the given parameters, see {@link #request}. */
    Authorization authorize(Map<String, String> request, boolean approve, Map<String, String> more)
            throws IOException, InterruptedException {
        Stop stop = open(request);
        if (stop.callback() != null) {
            return new Authorization("", stop.callback());
        }
        Map<String, String> answer = new LinkedHashMap<>(chosenOn(stop.page()));
        answer.putAll(more);
        answer.put("user_oauth_approval", String.valueOf(approve));
        return answer(stop.page(), answer);
    }

    /** The parameters of an authorization request for scopes of the MCP server. */
    Map<String, String> request(String scope) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", client);
        request.put("redirect_uri", CALLBACK);
        request.put("scope", scope);
        request.put("resource", RESOURCE);
        request.put("state", "s");
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        return request;
    }

    /**
     * Where a browser stops that answers nothing but the login.
     *
     * @param page the consent page, or {@code null}
     * @param callback where the browser was sent, or {@code null}
     */
    record Stop(HttpResponse<String> page, URI callback) {}

    /** Goes as far as the consent page, or to the end where there is none. */
    Stop open(Map<String, String> request) throws IOException, InterruptedException {
        return walk(HttpRequest.newBuilder(URI.create(domain + "/oauth/authorize?" + form(request)))
                .build());
    }

    /** Sends a consent page's hidden fields and the given ones. */
    Authorization answer(HttpResponse<String> page, Map<String, String> fields)
            throws IOException, InterruptedException {
        Stop stop = walk(submit(page, fields));
        return new Authorization(
                page.body(), stop.callback() == null ? stop.page().uri() : stop.callback());
    }

    /** Approves a consent page as a form would that leaves out one of its fields. */
    Authorization answerWithout(HttpResponse<String> page, String field) throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        Element form = Jsoup.parse(page.body()).selectFirst("form");
        form.select("input[type=hidden]").forEach(each -> fields.put(each.attr("name"), each.val()));
        fields.remove(field);
        fields.put("user_oauth_approval", "true");
        Stop stop = walk(post(page.uri().resolve(form.attr("action")), fields).build());
        return new Authorization(page.body(), stop.callback());
    }

    /** The fields of the check boxes that a page has checked. */
    static Map<String, String> chosenOn(HttpResponse<String> page) {
        Map<String, String> chosen = new LinkedHashMap<>();
        Jsoup.parse(page.body())
                .select("input[type=checkbox][checked]:not([disabled])")
                .forEach(box -> chosen.put(box.attr("name"), box.val()));
        return chosen;
    }

    private Stop walk(HttpRequest first) throws IOException, InterruptedException {
        HttpRequest next = first;
        for (int steps = 0; steps < 12; steps++) {
            HttpResponse<String> response = http.send(next, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 302) {
                URI location = response.uri()
                        .resolve(response.headers().firstValue("Location").orElseThrow());
                if (location.toString().startsWith(CALLBACK)) {
                    return new Stop(null, location);
                }
                next = HttpRequest.newBuilder(location).build();
            } else if (response.body().contains("user_oauth_approval")
                    || response.uri().getQuery().contains("error=")) {
                return new Stop(response, null);
            } else {
                next = submit(response, Map.of("username", username, "password", "wonderland"));
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
