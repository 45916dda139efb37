package io.mcpaccess.authzen.pep;

import io.gravitee.am.model.oidc.Client;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A PEP that did not prove who it is; answered with 401. The message never says which part was wrong. */
public final class PepRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String BEARER = "Bearer realm=\"gravitee-io\"";
    private static final String BASIC = "Basic realm=\"gravitee-io\"";

    private final transient Client client;
    private final transient List<String> challenges;

    private PepRefusedException(String message, Client client, String... challenges) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.client = client;
        this.challenges = List.of(challenges);
    }

    /**
     * No credentials, or none of a kind that is taken here.
     *
     * @return the refusal
     */
    static PepRefusedException missing() {
        return new PepRefusedException(
                "Authenticate with HTTP Basic (client id and secret) or with a client credentials token as Bearer.",
                null,
                BEARER,
                BASIC);
    }

    /**
     * Basic credentials that are not right.
     *
     * @param client the client that was named, or {@code null} where there is none of that name
     * @return the refusal
     */
    static PepRefusedException badSecret(Client client) {
        return new PepRefusedException("The client id or the secret is wrong.", client, BASIC);
    }

    /**
     * A token that authenticates no PEP.
     *
     * @param client the client that the token belongs to, or {@code null} where that is not known
     * @return the refusal
     */
    static PepRefusedException badToken(Client client) {
        return new PepRefusedException(
                "The bearer token is not a valid client credentials token of a client of this domain.",
                client,
                BEARER + ", error=\"invalid_token\"");
    }

    /**
     * A token that is bound to a key or certificate ({@code cnf}); AM answers such a one presented as Bearer with this scheme.
     *
     * @param client the client that the token belongs to
     * @return the refusal
     */
    static PepRefusedException boundToken(Client client) {
        return new PepRefusedException(
                "The bearer token is bound to a key or certificate and proves nothing without it. Authenticate with HTTP Basic"
                        + " (client id and secret), or with a token that is not bound.",
                client,
                "DPoP realm=\"gravitee-io\", error=\"invalid_token\"",
                BASIC);
    }

    /**
     * The values of {@code WWW-Authenticate}, one header line each.
     *
     * @return the challenges
     */
    public List<String> challenges() {
        return challenges;
    }

    /**
     * The client that failed, for the audit.
     *
     * @return the client, empty where no known one was named
     */
    public Optional<Client> client() {
        return Optional.ofNullable(client);
    }
}
