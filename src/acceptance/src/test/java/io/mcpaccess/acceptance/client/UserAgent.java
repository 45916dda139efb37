package io.mcpaccess.acceptance.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.Json;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.TestDomain;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A user with a browser of his own, without scripts, and the application that acts for him at one resource. */
public final class UserAgent {

    private static final String VERIFIER = "v".repeat(50);
    /** The type of a token in an exchange (RFC 8693, section 3). */
    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final int MOST_STEPS = 14;

    private final Http browser = new Http();
    private final String base;
    private final String username;
    private final String clientId;
    private final String resource;
    private String page = "";
    /** May be null. */
    private final ProofKey key;

    /** A user of a domain, signed out; the application names no resource where it is empty. */
    public UserAgent(String base, String username, String clientId, String resource) {
        this(base, username, clientId, resource, null);
    }

    private UserAgent(String base, String username, String clientId, String resource, ProofKey key) {
        this.key = key;
        this.base = base;
        this.username = username;
        this.clientId = clientId;
        this.resource = resource;
    }

    /**
     * What came of an authorization request.
     *
     * @param page the consent page, empty where none was shown
     * @param callback where the browser was sent in the end
     */
    public record Authorization(String page, URI callback) {

        /** A parameter of the callback, {@code ""} where it has none. */
        public String parameter(String name) {
            Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(callback.toString());
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** What a token request was answered with. */
    public record Tokens(JsonNode json) {

        /** The scopes that the answer names. */
        public List<String> scopes() {
            return List.of(json.path("scope").asText("").split(" "));
        }

        /** The access token. */
        public String access() {
            if (!json.hasNonNull("access_token")) {
                throw new AssertionError("no access token: " + json);
            }
            return json.path("access_token").asText();
        }

        /** What the access token says; AM's are signed and not encrypted. */
        public JsonNode claims() {
            String[] parts = access().split("\\.");
            if (parts.length != 3) {
                throw new AssertionError("no signed token: " + json);
            }
            return Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        }
    }

    /** The same, with an application that proves a key at the token endpoint: its access tokens are bound to it. */
    public UserAgent with(ProofKey proving) {
        return new UserAgent(base, username, clientId, resource, proving);
    }

    /** Approves what the page shows. */
    public Authorization approve(String scope) {
        return authorize(scope, Map.of(), UserAgent::approving);
    }

    /** The fields of a form, with the button that approves. */
    public static Map<String, String> approving(Map<String, String> fields) {
        return with(fields, "user_oauth_approval", "true");
    }

    /** Refuses what the page shows. */
    public Authorization refuse(String scope) {
        return authorize(scope, Map.of(), fields -> with(fields, "user_oauth_approval", "false"));
    }

    /** Approves, and swaps the code for tokens. */
    public Tokens signIn(String scope) {
        return swap(approve(scope));
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        return fields;
    }

    /**
     * Asks for scopes, signs in where asked, and answers the consent page where it is shown.
     *
     * @param more further parameters of the authorization request
     * @param answer gets the fields that the page's form sends once every scope is ticked, gives those that are sent
     */
    public Authorization authorize(String scope, Map<String, String> more, UnaryOperator<Map<String, String>> answer) {
        Stop stop = open(scope, more);
        page = stop.page();
        return stop.page().isEmpty() ? new Authorization("", stop.at()) : answer(stop, answer);
    }

    /**
     * Where a browser stops that answers nothing but the login.
     *
     * @param page the consent page, empty where none was shown
     * @param at the page's address, or where the browser was sent in the end
     */
    public record Stop(String page, URI at) {}

    /** The consent page that was shown last, empty where none was. */
    public String page() {
        return page;
    }

    /** Answers a consent page that was opened before, see {@link #authorize}. */
    public Authorization answer(Stop stop, UnaryOperator<Map<String, String>> answer) {
        Stop end = walk(submit(stop.at(), stop.page(), answer));
        if (!end.page().isEmpty()) {
            throw new AssertionError("The consent page is shown again: " + end.page());
        }
        return new Authorization(stop.page(), end.at());
    }

    /** Asks for scopes, signs in where asked, and stops at the consent page. */
    public Stop open(String scope, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                clientId,
                "redirect_uri",
                TestDomain.CALLBACK,
                "scope",
                scope,
                "resource",
                resource,
                "state",
                "s",
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256"));
        query.values().removeIf(String::isEmpty);
        query.putAll(more);
        return walk(HttpRequest.newBuilder(URI.create(base + "/oauth/authorize?" + Http.encoded(query))));
    }

    private Stop walk(HttpRequest.Builder first) {
        HttpRequest.Builder next = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            Http.Answer shown = browser.send(next);
            URI at = shown.response().uri();
            if (shown.status() >= 300 && shown.status() < 400) {
                URI location = at.resolve(shown.header("Location"));
                if (location.toString().startsWith(TestDomain.CALLBACK)) {
                    return new Stop("", location);
                }
                next = HttpRequest.newBuilder(location);
            } else if (shown.body().contains("user_oauth_approval")) {
                return new Stop(shown.body(), at);
            } else {
                next = submit(at, shown.body(), fields -> {
                    fields.put("username", username);
                    return with(fields, "password", DomainSpec.PASSWORD);
                });
            }
        }
        throw new AssertionError("The browser goes round in circles.");
    }

    private static HttpRequest.Builder submit(URI at, String page, UnaryOperator<Map<String, String>> answer) {
        Document document = Jsoup.parse(page);
        Element form = document.selectFirst("form");
        if (form == null) {
            throw new AssertionError(at + " shows no form: " + page);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element field : form.select("input[name]")) {
            boolean isSent = switch (field.attr("type")) {
                case "checkbox" -> field.attr("name").startsWith("scope.") || field.hasAttr("checked");
                case "radio" -> field.hasAttr("checked");
                case "submit", "button" -> false;
                default -> true;
            };
            if (isSent && !field.hasAttr("disabled")) {
                fields.put(field.attr("name"), field.val());
            }
        }
        return Http.form(at.resolve(form.attr("action")), answer.apply(fields));
    }

    /** The tokens for the code that an authorization ended with. */
    public Tokens swap(Authorization authorization) {
        return token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                authorization.parameter("code"),
                "redirect_uri",
                TestDomain.CALLBACK,
                "code_verifier",
                VERIFIER,
                "resource",
                resource));
    }

    /** New tokens for a refresh token. */
    public Tokens refresh(Tokens tokens) {
        return token(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.json().path("refresh_token").asText()));
    }

    /** A token of the application itself. */
    public Tokens clientCredentials(String scope) {
        return token(Map.of("grant_type", "client_credentials", "scope", scope, "resource", resource));
    }

    /** A token of the application itself for no resource, as it needs to ask the AuthZEN endpoint. */
    public Tokens ownToken() {
        return token(Map.of("grant_type", "client_credentials"));
    }

    /**
     * A token for a user's token (RFC 8693).
     *
     * @param actor the tokens of who acts for the user; null where nobody does
     * @param more further fields, which win
     */
    public Tokens exchange(Tokens subject, Tokens actor, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "grant_type",
                DomainSpec.EXCHANGE,
                "resource",
                resource,
                "subject_token",
                subject.access(),
                "subject_token_type",
                ACCESS_TOKEN));
        if (actor != null) {
            fields.put("actor_token", actor.access());
            fields.put("actor_token_type", ACCESS_TOKEN);
        }
        fields.putAll(more);
        return token(fields);
    }

    private Tokens token(Map<String, String> fields) {
        String endpoint = base + "/oauth/token";
        HttpRequest.Builder request = Http.form(URI.create(endpoint), fields)
                .header("Authorization", Http.basic(clientId, DomainSpec.SECRET));
        if (key != null) {
            request.header("DPoP", key.proof("POST", endpoint));
        }
        return new Tokens(new Http().send(request).json());
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
