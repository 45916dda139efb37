package io.mcpaccess.engine.server;

import io.mcpaccess.engine.testing.OpenFgaServer;
import io.mcpaccess.engine.testing.OpenFgaStores;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class ServerBackendTest extends ServerBackendContract {

    ServerBackendTest(OpenFgaStores stores) {
        super(stores);
    }
}
