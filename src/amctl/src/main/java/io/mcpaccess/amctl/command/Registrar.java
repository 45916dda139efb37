package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Plans a server, and applies the plan if it changes anything. */
final class Registrar {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final AmClient am;
    private final String mcp;
    private final RegistrationOptions options;
    private final Output output;
    private final PlanImpact impact;

    /** A registrar of a domain's registry. */
    Registrar(AmClient am, ManagedDomain domain, RegistrationOptions options, Output output) {
        this.am = am;
        this.mcp = domain.settings() + "/mcp";
        this.impact = new PlanImpact(domain.openEngine(), options, output);
        this.options = options;
        this.output = output;
    }

    /** The plan, nothing written. */
    JsonNode plan(Declaration declaration) {
        JsonNode plan = am.call("POST", mcp + declaration.path() + options.query(true), declaration.body());
        impact.addTo(plan);
        return plan;
    }

    /** The plan, applied where it changes something. */
    JsonNode apply(Declaration declaration) {
        JsonNode plan = plan(declaration);
        if (!PlanText.changes(plan)) {
            return plan;
        }
        boolean isNew = "added".equals(plan.path("server").path("change").asText());
        Path file = isNew ? placeForSecret(declaration) : null;
        JsonNode done = am.call("POST", mcp + declaration.path() + options.query(false), declaration.body());
        if (plan.has(PlanImpact.MEMBER) && done instanceof ObjectNode whole) {
            whole.set(PlanImpact.MEMBER, plan.path(PlanImpact.MEMBER));
        }
        return kept(done, file);
    }

    /** Before the server is created: a secret that cannot be kept must not be made. */
    private Path placeForSecret(Declaration declaration) {
        if (options.secretOut() == null && !options.showSecret()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The server " + declaration.name()
                            + " is new, and AM shows its client secret this once. Name a file"
                            + " for it with --secret-out, or print it with --secret-to-stdout. Nothing was changed.");
        }
        Path file = options.secretOut();
        if (file != null) {
            makeReadableByOwner(file);
        }
        return file;
    }

    private JsonNode kept(JsonNode done, Path file) {
        if (file != null && done.has("clientSecret")) {
            ObjectNode line = Json.object()
                    .put("name", done.path("server").path("name").asText())
                    .put("clientId", done.path("server").path("clientId").asText())
                    .put("clientSecret", done.path("clientSecret").asText());
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "The server is registered, but its client secret could not be written to " + file
                                + ". Renew the secret in AM.");
            }
        }
        return options.showSecret() ? done : ((ObjectNode) done).without("clientSecret");
    }

    private static void makeReadableByOwner(Path file) {
        try {
            if (Files.notExists(file)) {
                boolean isPosix =
                        FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
                if (isPosix) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
            }
            if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
                throw new IOException("not writable");
            }
            refuseWhatOthersRead(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "The file " + file + " cannot be written. Nothing was changed.");
        }
    }

    private static void refuseWhatOthersRead(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> others = view.readAttributes().permissions();
        others.removeAll(OWNER);
        if (!others.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Others than you can get at the file " + file + ". Take their rights away (chmod 600), or name"
                            + " another for the client secret. Nothing was changed.");
        }
    }

    /** Shows a plan, and says how the call ends. */
    ExitCode show(JsonNode plan, boolean isJson) {
        if (!isJson) {
            PlanText.lines(plan).forEach(output::line);
        }
        return PlanText.isRefused(plan) ? ExitCode.REFUSED : ExitCode.DONE;
    }
}
