package io.mcpaccess.acceptance.host;

import io.mcpaccess.acceptance.Http;
import java.util.concurrent.atomic.AtomicReference;

/** AM's management API with the administrator's token, which is asked for anew when AM has forgotten it. */
final class Administrator {

    private final Http http = new Http();
    private final String management;
    private final String basic;
    private final AtomicReference<String> bearer = new AtomicReference<>();

    Administrator(String management, String username, String password) {
        this.management = management;
        this.basic = Http.basic(username, password);
    }

    Http.Answer call(String method, String path, String body) {
        if (bearer.get() == null) {
            signIn();
        }
        Http.Answer answer = send(method, path, body);
        if (answer.status() == 401) {
            signIn();
            answer = send(method, path, body);
        }
        return answer;
    }

    private Http.Answer send(String method, String path, String body) {
        return http.send(Http.json(method, management + path, bearer.get(), body));
    }

    private void signIn() {
        Http.Answer token = http.send(Http.json("POST", management + "/auth/token", basic, null));
        if (token.status() != 200) {
            throw new AssertionError("AM's management API does not take the administrator's password: status "
                    + token.status() + ". Set AM_USERNAME and AM_PASSWORD.");
        }
        bearer.set("Bearer " + token.json().path("access_token").asText());
    }
}
