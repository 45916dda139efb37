package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class ServerBackendTest extends ServerBackendContract {

    ServerBackendTest(OpenFgaStores stores) {
        super(stores);
    }
}
