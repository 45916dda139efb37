package io.mcpaccess.guard.proxy.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards clients. The files are read at start and at each reload.
 *
 * @param certificate the chain, PEM, own certificate first
 * @param key the private key, PEM
 * @param clients whether clients show certificates
 * @param clientCa who signs the clients' certificates, PEM; needed unless none are asked for
 */
public record ServerTls(Path certificate, Path key, Clients clients, Optional<Path> clientCa) {
    /** Whether clients show certificates. */
    public enum Clients {
        /** They are not asked for one. */
        NONE,
        /** They are asked, and one without is let in: a token that is bound to a certificate then is refused. */
        ASKED,
        /** There is no connection without one. */
        REQUIRED
    }
}
