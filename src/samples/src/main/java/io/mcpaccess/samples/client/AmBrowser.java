package io.mcpaccess.samples.client;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/**
 * A person with a browser at AM's login and consent pages: keeps cookies, follows redirects, fills in forms. It stops
 * where AM would send the browser back to the application. One person, one thread.
 */
public final class AmBrowser {
    private static final int MOST_HOPS = 15;

    private final Http http =
            new Http(HttpClient.newBuilder().cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL)));
    private final String username;
    private final String password;

    /**
     * @param username of the person
     * @param password of the person; never printed
     */
    public AmBrowser(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /**
     * Goes through login and consent, and approves.
     *
     * @param start the authorization request
     * @param redirectUri of the application
     * @return where AM sends the browser back to, with code or error
     * @throws IOException when there is no answer
     * @throws FlowException when AM shows something else than its forms, or goes in circles
     */
    public URI authorize(URI start, String redirectUri) throws IOException, FlowException {
        URI place = start;
        HttpResponse<String> answer = http.get(place, Map.of());
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            Optional<String> location = answer.headers().firstValue("Location");
            if (location.isPresent()) {
                place = place.resolve(location.get());
                if (place.toString().startsWith(redirectUri)) {
                    return place;
                }
                answer = http.get(place, Map.of());
            } else {
                Submission form = fillIn(place, answer);
                place = form.target();
                answer = http.form(place, Map.of("Referer", place.toString()), form.fields());
            }
        }
        throw new FlowException("AM did not come back to the application after " + MOST_HOPS + " pages.");
    }

    private record Submission(URI target, Map<String, String> fields) {
        @Override
        public String toString() {
            return "Submission[target=" + target + "]";
        }
    }

    private Submission fillIn(URI place, HttpResponse<String> answer) throws FlowException {
        Document page = Jsoup.parse(answer.body(), place.toString());
        Optional<FormElement> login = formWith(page, "input[name=password]");
        if (login.isPresent()) {
            if (String.valueOf(place.getQuery()).contains("error=login_failed")) {
                throw new FlowException("AM refuses the user name or password.");
            }
            return submission(place, login.get(), Map.of("username", username, "password", password));
        }
        Optional<FormElement> consent = formWith(page, "[name=user_oauth_approval]");
        if (consent.isPresent()) {
            return submission(place, consent.get(), Map.of("user_oauth_approval", "true"));
        }
        throw new FlowException("AM shows neither its login nor its consent form at " + place.getPath() + " (status "
                + answer.statusCode() + ", title '" + page.title() + "').");
    }

    private static Optional<FormElement> formWith(Document page, String control) {
        return page.select("form:has(" + control + ")").forms().stream().findFirst();
    }

    private static Submission submission(URI place, FormElement form, Map<String, String> typed) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.putAll(typed);
        String action = form.absUrl("action");
        return new Submission(action.isEmpty() ? place : URI.create(action), fields);
    }
}
