package io.mcpaccess.guard.proxy.settings;

import java.util.Optional;
import java.util.Set;

/** Reads what servers have in common about AM, which each may say otherwise. */
final class AmReader {
    static final String CA = "ca";
    static final String CERTIFICATE = "certificate";
    static final String KEY = "key";
    static final String DOMAIN = "domain";
    static final String ISSUER = "issuer";

    private final Sources sources;
    private final Optional<YamlFields> shared;

    AmReader(Sources sources, Optional<YamlValue> shared) {
        this.sources = sources;
        this.shared = shared.map(value -> value.fields(Set.of(DOMAIN, ISSUER, CA, CERTIFICATE, KEY)));
    }

    String domain(YamlFields server) {
        return server.get(DOMAIN)
                .or(() -> shared.flatMap(fields -> fields.get(DOMAIN)))
                .map(sources::value)
                .orElseThrow(
                        () -> server.whole()
                                .wrong(
                                        "lacks 'domain', the domain's URL at AM's gateway; it may stand under 'am' for all servers."));
    }

    Optional<String> issuer(YamlFields server) {
        return server.get(ISSUER)
                .or(() -> shared.flatMap(fields -> fields.get(ISSUER)))
                .map(sources::value);
    }

    ClientTls tls() {
        return shared.map(fields -> tls(fields, sources)).orElse(ClientTls.usual());
    }

    static ClientTls tls(YamlFields fields, Sources sources) {
        if (fields.get(CERTIFICATE).isPresent() != fields.get(KEY).isPresent()) {
            throw fields.whole().wrong("has one of 'certificate' and 'key'; a certificate needs its key.");
        }
        return new ClientTls(
                fields.get(CA).map(sources::path),
                fields.get(CERTIFICATE).map(sources::path),
                fields.get(KEY).map(sources::path));
    }
}
