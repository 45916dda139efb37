package io.mcpaccess.samples.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The demo client's commands, and what it remembers between them. One thread. */
final class ClientCommands implements AutoCloseable {
    private static final String PROBE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"demo\",\"version\":\"1\"}}}";

    private final ClientSettings settings;
    private final RandomGenerator random;
    private final Http http = new Http();
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Token> tokens = new HashMap<>();
    private Token current;
    private ToolClient session;
    private AuthorizationCodeFlow flow;

    ClientCommands(ClientSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Runs one command and gives what is to be printed. */
    Map<String, Object> run(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("step", words.get(0));
        long start = System.nanoTime();
        try {
            seen.putAll(result(words, line));
        } catch (IOException | FlowException | RuntimeException failure) {
            seen.put("failed", failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
        seen.putIfAbsent("millis", (System.nanoTime() - start) / 1_000_000);
        return seen;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    private Map<String, Object> result(List<String> words, String line) throws IOException, FlowException {
        return switch (words.get(0)) {
            case "probe" -> probe();
            case "discover" -> discover();
            case "login" ->
                login(words.get(1), URI.create(words.get(2)), String.join(" ", words.subList(3, words.size())));
            case "connect" -> connect(words.get(1));
            case "call" -> call(words.get(1), words.get(2), line.trim().split(" +", 4));
            case "revoke" -> Map.of("status", flow().revoke(token(words.get(1))));
            case "token" -> Map.of("access_token", token(words.get(1)).value());
            default -> throw new IllegalArgumentException("Unknown command. " + ClientSettings.USAGE);
        };
    }

    private Map<String, Object> probe() throws IOException {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "Accept", "application/json, text/event-stream");
        HttpResponse<String> answer = http.send("POST", settings.server(), headers, PROBE);
        Map<String, Object> seen = new LinkedHashMap<>(Map.of("status", answer.statusCode()));
        answer.headers()
                .firstValue("WWW-Authenticate")
                .flatMap(Challenge::read)
                .ifPresent(challenge -> seen.put("challenge", challenge.parameters()));
        return seen;
    }

    private Map<String, Object> discover() throws IOException, FlowException {
        HttpResponse<String> answer = http.get(settings.server(), Map.of());
        URI metadata = answer.headers()
                .firstValue("WWW-Authenticate")
                .flatMap(Challenge::read)
                .flatMap(challenge -> challenge.parameter("resource_metadata"))
                .map(URI::create)
                .orElseThrow(() -> new FlowException("The server's challenge has no resource_metadata."));
        Discovery discovery = new Discovery(http);
        URI issuer = discovery.issuerOf(settings.server(), metadata);
        AuthorizationServer server = discovery.authorizationServer(issuer);
        flow = new AuthorizationCodeFlow(http, server, settings.application(), random);
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("resource_metadata", metadata.toString());
        seen.put("issuer", issuer.toString());
        seen.put("authorization_endpoint", server.authorizationEndpoint().toString());
        seen.put("token_endpoint", server.tokenEndpoint().toString());
        return seen;
    }

    private Map<String, Object> login(String name, URI resource, String scope) throws IOException, FlowException {
        AmBrowser browser = new AmBrowser(settings.username(), settings.password());
        Token token = flow().run(browser, resource, scope);
        tokens.put(name, token);
        return Map.of("aud", token.claims().path("aud").asText(), "scope", token.scope());
    }

    private Map<String, Object> connect(String name) throws FlowException {
        close();
        current = token(name);
        session = new ToolClient(settings.server(), () -> current);
        return Map.of("tools", session.connect());
    }

    private Map<String, Object> call(String name, String tool, String[] words)
            throws FlowException, JsonProcessingException {
        if (session == null) {
            throw new FlowException("There is no MCP session yet: connect first.");
        }
        current = token(name);
        Map<String, Object> arguments =
                words.length > 3 ? json.readValue(words[3], new TypeReference<>() {}) : Map.of();
        CallOutcome outcome = session.call(tool, arguments);
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("status", outcome.status());
        seen.put("isError", outcome.isError());
        seen.put("text", outcome.text());
        outcome.challenge().ifPresent(challenge -> seen.put("challenge", challenge.parameters()));
        seen.put("millis", outcome.millis());
        return seen;
    }

    private AuthorizationCodeFlow flow() throws FlowException {
        return Optional.ofNullable(flow)
                .orElseThrow(() -> new FlowException("The authorization server is not known yet: discover first."));
    }

    private Token token(String name) throws FlowException {
        return Optional.ofNullable(tokens.get(name))
                .orElseThrow(() -> new FlowException("There is no token '" + name + "': login first."));
    }
}
