package io.mcpaccess.guard.proxy.settings;

import io.mcpaccess.guard.Advertised;
import io.mcpaccess.guard.CallerLimits;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one server of a settings file. */
final class ServerReader {
    private static final Set<String> OWN = Set.of(
            "name",
            "title",
            "resource",
            "also",
            AmReader.DOMAIN,
            AmReader.ISSUER,
            "clientId",
            "clientSecret",
            "upstream",
            "command",
            "stdio",
            "scopes",
            "firstScopes",
            "tokens",
            "dpop",
            "identity",
            "limits");
    private static final Set<String> KNOWN = known();
    private static final Set<String> LIMITS = Set.of(
            "bodyBytes",
            "bodySeconds",
            "requests",
            "streams",
            "checksByAddress",
            "amMillis",
            "answerSeconds",
            "idleSeconds",
            "heartbeatSeconds");
    private static final int MOST_BODY = 1 << 28;
    private static final int DAY = 86_400;

    private final Sources sources;
    private final AmReader am;
    private final UpstreamReader upstreams;

    private static Set<String> known() {
        Set<String> all = new HashSet<>(OWN);
        all.addAll(RulesReader.KNOWN);
        return Set.copyOf(all);
    }

    ServerReader(Sources sources, AmReader am) {
        this.sources = sources;
        this.am = am;
        this.upstreams = new UpstreamReader(sources);
    }

    GuardedSettings read(YamlValue value) {
        YamlFields fields = value.fields(KNOWN);
        YamlValue name = fields.required("name");
        if (!name.text().matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw name.wrong("takes lower case letters, digits and hyphens, 63 at most.");
        }
        Optional<YamlFields> limits = fields.get("limits").map(given -> given.fields(LIMITS));
        return new GuardedSettings(
                name.text(), guard(fields, limits), am.tls(), upstreams.read(fields), times(limits), identity(fields));
    }

    private GuardConfiguration guard(YamlFields fields, Optional<YamlFields> limits) {
        YamlValue resource = fields.required("resource");
        String clientId = sources.value(fields.required("clientId"));
        String secret = sources.secret(fields.required("clientSecret"));
        GuardConfiguration guard;
        try {
            guard = GuardConfiguration.of(am.domain(fields), resource.text(), clientId, secret)
                    .withOtherResources(fields.texts("also"));
        } catch (SettingsException placed) {
            throw placed;
        } catch (IllegalArgumentException wrong) {
            throw resource.wrong("or what belongs to it is wrong. " + wrong.getMessage());
        }
        return guard.withAdvertised(advertised(fields))
                .withTokens(
                        choice(fields, "tokens", "introspection", "jwt").equals("jwt")
                                ? TokenValidation.jwt()
                                : TokenValidation.introspection())
                .withProofs(
                        choice(fields, "dpop", "accepted", "required").equals("required")
                                ? ProofRules.usual().asRequired()
                                : ProofRules.usual())
                .withRules(RulesReader.read(fields))
                .withLimits(limits.map(ServerReader::limits).orElse(Limits.usual()));
    }

    private Advertised advertised(YamlFields fields) {
        Advertised told = Advertised.nothing()
                .withScopesSupported(scopes(fields, "scopes"))
                .withFirstScopes(scopes(fields, "firstScopes"));
        Optional<String> title = fields.get("title").map(YamlValue::text);
        Optional<String> issuer = am.issuer(fields);
        if (title.isPresent()) {
            told = told.withName(title.get());
        }
        return issuer.isPresent() ? told.withIssuer(URI.create(issuer.get())) : told;
    }

    private static List<String> scopes(YamlFields fields, String name) {
        List<String> scopes = fields.texts(name);
        for (String scope : scopes) {
            if (!io.mcpaccess.guard.oauth.BearerChallenge.isScopeToken(scope)) {
                throw fields.required(name).wrong("takes scopes, and '" + scope + "' is none (RFC 6749, section 3.3).");
            }
        }
        return scopes;
    }

    private static String choice(YamlFields fields, String name, String usual, String other) {
        return fields.get(name).map(value -> value.choice(usual, other)).orElse(usual);
    }

    private static Limits limits(YamlFields fields) {
        CallerLimits usual = CallerLimits.usual();
        CallerLimits callers = new CallerLimits(
                fields.number("requests", usual.requests(), 1, 100_000),
                fields.number("streams", usual.streams(), 1, 100_000),
                fields.number("checksByAddress", usual.checksByAddress(), 1, 100_000),
                Duration.ofSeconds(
                        fields.number("bodySeconds", (int) usual.bodyTime().toSeconds(), 1, 600)));
        int callMillis = fields.number("amMillis", 2000, 50, 60_000);
        return Limits.usual()
                .withCallers(callers)
                .withBodyBytes(fields.number("bodyBytes", 1 << 20, 1, MOST_BODY))
                .withTimeouts(Duration.ofMillis(Math.min(1000, callMillis)), Duration.ofMillis(callMillis));
    }

    private static StreamTimes times(Optional<YamlFields> limits) {
        StreamTimes usual = StreamTimes.usual();
        return limits.map(fields -> new StreamTimes(
                        seconds(fields, "answerSeconds", usual.answer(), 3600),
                        seconds(fields, "idleSeconds", usual.idle(), DAY),
                        seconds(fields, "heartbeatSeconds", usual.heartbeat(), 3600)))
                .orElse(usual);
    }

    private static Duration seconds(YamlFields fields, String name, Duration usual, int most) {
        return Duration.ofSeconds(fields.number(name, (int) usual.toSeconds(), 1, most));
    }

    private static IdentitySettings identity(YamlFields fields) {
        IdentitySettings usual = IdentitySettings.usual();
        return fields.get("identity")
                .map(value -> value.fields(Set.of("headers", "signed")))
                .map(given -> new IdentitySettings(
                        given.flag("headers", usual.headers()), given.flag("signed", usual.signed())))
                .orElse(usual);
    }
}
