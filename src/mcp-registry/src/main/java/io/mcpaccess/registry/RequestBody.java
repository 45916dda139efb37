package io.mcpaccess.registry;

import io.mcpaccess.core.authzen.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a request's body up to the size that is allowed; what is longer is refused when it is parsed. */
final class RequestBody {

    private RequestBody() {}

    static byte[] read(InputStream body) {
        if (body == null) {
            return new byte[0];
        }
        try {
            return body.readNBytes(StrictJson.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("The request broke off", e);
        }
    }
}
