package io.mcpaccess.samples.demo;

import java.io.IOException;
import java.nio.file.Path;

/** The engine in front of a real OpenFGA, which is killed and started again on the same port. */
final class RealOpenFga implements EngineControl {
    private final Stage stage;
    private final Path root;
    private final int port;
    private final Path storeFile;
    private final Administration administration;
    private final DemoDomain domain;
    private OpenFgaServer server;

    RealOpenFga(
            Stage stage,
            Path root,
            int port,
            Path storeFile,
            OpenFgaServer server,
            Administration administration,
            DemoDomain domain) {
        this.stage = stage;
        this.root = root;
        this.port = port;
        this.storeFile = storeFile;
        this.server = server;
        this.administration = administration;
        this.domain = domain;
    }

    @Override
    public String takeAway() {
        server.kill();
        return "OpenFGA is killed";
    }

    /** Its memory store is lost with it, so the engine is told about a new one. */
    @Override
    public String bringBack() throws IOException {
        server = OpenFgaServer.start(stage, root, port);
        administration.updateEngine(domain.engineName(), server.seed(storeFile));
        return "OpenFGA is started again, its store filled again, and the engine told the store's new id";
    }
}
