package io.mcpaccess.guard.proxy.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of a connection that the proxy opens. Names are always verified.
 *
 * @param ca whose certificates are believed, PEM; empty for those that Java believes
 * @param certificate the proxy's own, PEM, where the other side asks for one
 * @param key its key, PEM
 */
public record ClientTls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    /**
     * @return what Java believes, and no certificate of the proxy's own
     */
    public static ClientTls usual() {
        return new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
