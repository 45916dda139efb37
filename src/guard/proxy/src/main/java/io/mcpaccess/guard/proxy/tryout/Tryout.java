package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tries a guarded server: {@code list} and {@code call TOOL JSON} on a command line, or a page. It listens on loopback alone,
 * and its page answers nobody who has not been told its address: another site in the same browser must not call tools.
 */
public final class Tryout implements AutoCloseable {
    private static final String CALLBACK = "/callback";
    private static final int LOGIN_MINUTES = 5;
    private static final int MOST_FORM_BYTES = 1 << 20;

    private final PrintStream out;
    private final URI url;
    private final HttpServer web;
    private final TryServer server;
    private final TryLogin login;
    private final String key;
    private final BlockingQueue<Optional<String>> logins = new LinkedBlockingQueue<>();
    private volatile String said = "";

    /**
     * @param url of the guarded server
     * @param clientId an application of AM with the redirect URI {@code http://127.0.0.1:PORT/callback}
     * @param clientSecret empty for a public client
     * @param port of the callback and the page; 0 for a free one
     * @param out gets what the person must read
     * @throws IOException when the port is taken
     */
    public Tryout(URI url, String clientId, Optional<String> clientSecret, int port, PrintStream out)
            throws IOException {
        this.out = out;
        this.url = url;
        this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        TryHttp http = new TryHttp();
        this.server = new TryServer(http, url);
        this.login = new TryLogin(http, url, clientId, clientSecret, URI.create(own() + CALLBACK));
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        this.key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        web.createContext("/", this::handle);
        web.start();
    }

    private String own() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    /**
     * Runs one command.
     *
     * @param words {@code list}, or {@code call}, a tool and its arguments as JSON; none for the page, which goes on until the
     *     process ends
     * @throws TryException when it cannot go on; the message says why
     * @throws InterruptedException when the thread is to end
     */
    public void run(List<String> words) throws TryException, InterruptedException {
        if (words.isEmpty()) {
            learn(server.ask("initialize", JsonNodeFactory.instance.objectNode()));
            out.println("Open " + own() + "/" + key + " in your browser. Ctrl-C ends it.");
            Thread.currentThread().join();
        } else if (words.get(0).equals("list") && words.size() == 1) {
            print(withLogin("tools/list", JsonNodeFactory.instance.objectNode()));
        } else if (words.get(0).equals("call") && words.size() >= 2 && words.size() <= 3) {
            print(withLogin("tools/call", call(words.get(1), words.size() == 3 ? words.get(2) : "{}")));
        } else {
            throw new TryException("Write list, or call TOOL '{\"argument\": 1}', or nothing for a page.");
        }
    }

    private void print(HttpResponse<String> answer) throws TryException {
        out.println(TryException.printable(text(answer)));
    }

    private HttpResponse<String> withLogin(String method, ObjectNode params) throws TryException, InterruptedException {
        HttpResponse<String> answer = server.ask(method, params);
        for (int attempt = 0; attempt < 2 && learn(answer); attempt++) {
            out.println("Log in and come back: " + login.begin());
            Optional<String> failure = Optional.ofNullable(logins.poll(LOGIN_MINUTES, TimeUnit.MINUTES))
                    .orElseThrow(() -> new TryException("Nobody logged in."));
            if (failure.isPresent()) {
                throw new TryException(failure.get());
            }
            answer = server.ask(method, params);
        }
        return answer;
    }

    /** Whether the answer is one that a login may mend. */
    private boolean learn(HttpResponse<String> answer) throws TryException {
        boolean refused = answer.statusCode() == 401 || answer.statusCode() == 403;
        if (refused) {
            login.learn(answer);
        }
        return refused;
    }

    private static ObjectNode call(String tool, String arguments) throws TryException {
        JsonNode json = StrictMessageJson.parse(arguments.getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new TryException("The arguments are no JSON object."));
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", tool);
        params.set("arguments", json);
        return params;
    }

    private static String text(HttpResponse<String> answer) throws TryException {
        JsonNode json = TryServer.answer(answer);
        return json.has("result") ? json.get("result").toPrettyString() : json.toPrettyString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            String path = exchange.getRequestURI().getPath();
            if (!own().equals("http://" + host)) {
                answer(exchange, 400, "");
            } else if (path.equals(CALLBACK)) {
                returned(exchange);
            } else if (path.equals("/" + key)) {
                page(exchange);
            } else if (path.equals("/" + key + "/login")) {
                redirect(exchange, login.begin());
            } else if (path.equals("/" + key + "/call")
                    && exchange.getRequestMethod().equals("POST")) {
                called(exchange);
            } else {
                answer(exchange, 404, "");
            }
        } catch (TryException wrong) {
            answer(exchange, 200, TryPage.page(url.toString(), key, server.hasToken(), empty(), wrong.getMessage()));
        }
    }

    private void returned(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        if (!login.isAsked(given)) {
            // Any page in the browser can send this: it must not end the login of the person.
            answer(exchange, 400, "<!doctype html><p>This belongs to another login.");
            return;
        }
        try {
            server.use(login.end(given));
            said = "";
            logins.add(Optional.empty());
            redirect(exchange, "/" + key);
        } catch (TryException wrong) {
            said = wrong.getMessage();
            logins.add(Optional.of(wrong.getMessage()));
            answer(exchange, 200, "<!doctype html><p>" + TryPage.escaped(wrong.getMessage()));
        }
    }

    private void called(HttpExchange exchange) throws IOException, TryException {
        Map<String, String> form =
                form(new String(exchange.getRequestBody().readNBytes(MOST_FORM_BYTES), StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                server.ask("tools/call", call(form.getOrDefault("tool", ""), form.getOrDefault("arguments", "{}")));
        said = learn(answer)
                ? "This needs more than you have allowed so far. Log in again, and allow it."
                : text(answer);
        redirect(exchange, "/" + key);
    }

    private void page(HttpExchange exchange) throws IOException, TryException {
        JsonNode tools = empty();
        if (server.hasToken()) {
            HttpResponse<String> list = server.ask("tools/list", JsonNodeFactory.instance.objectNode());
            tools = learn(list)
                    ? empty()
                    : TryServer.answer(list).path("result").path("tools");
        }
        answer(exchange, 200, TryPage.page(url.toString(), key, server.hasToken(), tools, said));
    }

    private static JsonNode empty() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEncoding) {
            return "";
        }
    }

    private static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void answer(HttpExchange exchange, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
