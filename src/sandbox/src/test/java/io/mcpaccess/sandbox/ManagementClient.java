package io.mcpaccess.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A signed-in user of the management API in a test. */
final class ManagementClient {
    private final TestBrowser http = new TestBrowser();
    private final String base;
    private final String bearer;

    ManagementClient(URI management, String username, String password) {
        this.base = management + "/management";
        HttpRequest signIn = HttpRequest.newBuilder(URI.create(base + "/auth/token"))
                .header("Authorization", OAuthClient.basic(username, password))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode token = OAuthClient.json(http.send(signIn));
        this.bearer = "Bearer " + token.path("access_token").asText();
    }

    static String domain(String domain) {
        return "/organizations/DEFAULT/environments/DEFAULT/domains/" + domain;
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, null);
    }

    HttpResponse<String> call(String method, String path, String json) {
        HttpRequest.BodyPublisher body =
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", bearer)
                .method(method, body);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build());
    }
}
