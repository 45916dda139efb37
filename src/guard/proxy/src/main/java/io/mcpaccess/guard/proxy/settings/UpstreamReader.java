package io.mcpaccess.guard.proxy.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands behind the proxy: an URL or a command. */
final class UpstreamReader {
    private static final String UPSTREAM = "upstream";
    private static final String COMMAND = "command";
    private static final String STDIO = "stdio";
    /** What programs need to be found and to find their files; nothing of it is a secret. */
    static final Set<String> USUAL_ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ");

    private final Sources sources;

    UpstreamReader(Sources sources) {
        this.sources = sources;
    }

    UpstreamSettings read(YamlFields server) {
        Optional<YamlValue> url = server.get(UPSTREAM);
        Optional<YamlValue> command = server.get(COMMAND);
        if (url.isPresent() == command.isPresent()) {
            throw server.whole()
                    .wrong("takes either 'upstream', the URL of the server, or 'command', the program that it is.");
        }
        if (command.isEmpty() && server.get(STDIO).isPresent()) {
            throw server.required(STDIO).wrong("belongs to a 'command'.");
        }
        return url.map(this::http).orElseGet(() -> stdio(command.orElseThrow(), server.get(STDIO)));
    }

    private UpstreamSettings http(YamlValue value) {
        if (!value.isMapping()) {
            return new UpstreamSettings.Http(url(value, value.text()), ClientTls.usual(), true);
        }
        YamlFields fields = value.fields(Set.of("url", "http2", AmReader.CA, AmReader.CERTIFICATE, AmReader.KEY));
        YamlValue url = fields.required("url");
        return new UpstreamSettings.Http(
                url(url, url.text()), AmReader.tls(fields, sources), fields.flag("http2", true));
    }

    private static URI url(YamlValue value, String text) {
        try {
            return usable(text);
        } catch (IllegalArgumentException wrong) {
            throw value.wrong(wrong.getMessage());
        }
    }

    /** The URL of a server, or what is wrong with it, without its subject. */
    static URI usable(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException noUrl) {
            // Said below.
        }
        throw new IllegalArgumentException("takes an absolute http or https URL, not '" + text + "'.");
    }

    private UpstreamSettings stdio(YamlValue command, Optional<YamlValue> stdio) {
        List<String> words = command.texts();
        if (words.isEmpty()) {
            throw command.wrong("is empty. Write the program and its arguments as a list, [npx, -y, …].");
        }
        Optional<YamlFields> fields = stdio.map(value -> value.fields(
                Set.of("sessions", "sessionsOfOne", "idleSeconds", "ageSeconds", "directory", "environment")));
        Optional<Path> directory =
                fields.flatMap(given -> given.get("directory")).map(sources::directory);
        return new UpstreamSettings.Stdio(
                words,
                directory,
                environment(fields.flatMap(given -> given.get("environment"))),
                fields.map(UpstreamReader::bounds).orElse(UpstreamSettings.ProcessBounds.usual()));
    }

    private static UpstreamSettings.ProcessBounds bounds(YamlFields fields) {
        UpstreamSettings.ProcessBounds usual = UpstreamSettings.ProcessBounds.usual();
        return new UpstreamSettings.ProcessBounds(
                fields.number("sessions", usual.sessions(), 1, 10_000),
                fields.number("sessionsOfOne", usual.sessionsOfOne(), 1, 10_000),
                Duration.ofSeconds(
                        fields.number("idleSeconds", (int) usual.idle().toSeconds(), 1, 86_400)),
                Duration.ofSeconds(fields.number("ageSeconds", (int) usual.age().toSeconds(), 1, 30 * 86_400)));
    }

    /** The proxy's own environment holds secrets: a program gets what is named, and no more. */
    private Map<String, String> environment(Optional<YamlValue> value) {
        Map<String, String> environment = new HashMap<>();
        for (String name : USUAL_ENVIRONMENT) {
            pass(name, environment);
        }
        value.map(given -> given.fields(Set.of("pass", "set"))).ifPresent(fields -> {
            fields.texts("pass").forEach(name -> pass(name, environment));
            fields.get("set")
                    .ifPresent(set ->
                            set.members().forEach((name, member) -> environment.put(name, sources.value(member))));
        });
        return environment;
    }

    private void pass(String name, Map<String, String> environment) {
        String value = sources.environment().get(name);
        if (value != null) {
            environment.put(name, value);
        }
    }
}
