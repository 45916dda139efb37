package io.mcpaccess.amctl.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a plan about MCP servers is made and applied. */
public final class RegistrationOptions {
    @Option(names = "--prune", description = "Remove registered tools that are not declared or served any more.")
    private boolean prune;

    @Option(
            names = "--force",
            description = {
                "Give a scope that applications may hold to another tool; AM forgets what users approved for it.",
                "Register a tool that closes another server's of the same name for everybody."
            })
    private boolean force;

    @Option(
            names = "--secret-out",
            paramLabel = "FILE",
            description =
                    "Add the client secret of a new server to this file, one line of JSON, readable by you alone.")
    private Path secretOut;

    @Option(names = "--secret-to-stdout", description = "Print the client secret of a new server with the plan.")
    private boolean showSecret;

    @Option(names = "--no-impact", description = "Do not work out who gains and who loses which call by the plan.")
    private boolean noImpact;

    boolean showsImpact() {
        return !noImpact;
    }

    boolean prunes() {
        return prune;
    }

    boolean forces() {
        return force;
    }

    String query(boolean dryRun) {
        // amctl asks for the impact itself: it shows how far that is.
        return "?dryRun=" + dryRun + "&prune=" + prune + "&force=" + force + "&impact=false";
    }

    Path secretOut() {
        return secretOut;
    }

    boolean showSecret() {
        return showSecret;
    }
}
