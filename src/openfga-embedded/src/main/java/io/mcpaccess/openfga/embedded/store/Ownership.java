package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To which domain a store belongs. It is recorded in the state of the log, and beside a store that has no log yet, or an
 * older one, in a file of its own; where both are there and differ, nobody is let in.
 *
 * <p>Read by any thread, changed by the one that holds the engine's write lock.
 */
final class Ownership {

    static final String FOREIGN =
            "This store belongs to another domain. Give storeFile a name that no other domain uses.";
    static final String UNKNOWN =
            "It is not known yet to which domain this engine belongs; the store answers when it is.";
    static final String CONTESTED =
            "Several domains name this store, and it belongs to none of them yet. Give storeFile a"
                    + " name that no other domain uses.";
    static final String UNCLEAR = "The store's files name different domains as its owner, or none that can be read. The"
            + " operator has to restore them from a backup.";

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final StoreFiles files;
    private final Tenant tenant;
    private String inLog = "";
    private String beside = "";
    private FileStamp stamp;
    private volatile String owner = "";
    private volatile boolean isUnclear;

    Ownership(StoreFiles files, Tenant tenant) {
        this.files = files;
        this.tenant = tenant;
    }

    /** The owner's id; empty when nobody is. */
    String owner() {
        return owner;
    }

    /** Takes in what a log says that was read. */
    void read(String recorded) throws IOException {
        inLog = recorded;
        refresh(true);
    }

    /** Takes in what stands beside the store, when that has changed. */
    void refresh() throws IOException {
        refresh(false);
    }

    private void refresh(boolean always) throws IOException {
        FileStamp now = FileStamp.of(files.owner());
        if (!always && (now == null ? stamp == null : now.equals(stamp))) {
            return;
        }
        beside = now == null ? "" : besideNow();
        stamp = now;
        boolean isBad = !beside.isEmpty() && !ID.matcher(beside).matches();
        isUnclear = isBad || !inLog.isEmpty() && !beside.isEmpty() && !inLog.equals(beside);
        owner = inLog.isEmpty() ? beside : inLog;
    }

    /** The file comes to its name whole, so an empty one is damaged. */
    private String besideNow() throws IOException {
        try {
            String text =
                    Files.readString(files.owner(), StandardCharsets.ISO_8859_1).strip();
            return text.isEmpty() ? "\0" : text;
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /**
     * Why the domain must not use the store.
     *
     * @return a sentence without paths; empty when it may
     */
    Optional<String> refusal() {
        if (tenant == Tenant.anyone()) {
            return Optional.empty();
        }
        if (isUnclear) {
            return Optional.of(UNCLEAR);
        }
        String now = owner;
        if (now.isEmpty()) {
            return tenant.isContested() ? Optional.of(CONTESTED) : Optional.empty();
        }
        Optional<String> domain = tenant.domain();
        if (domain.isEmpty()) {
            return Optional.of(UNKNOWN);
        }
        return domain.get().equals(now) ? Optional.empty() : Optional.of(FOREIGN);
    }

    /** Whether the store is somebody's and nobody knows yet whose engine this is. */
    boolean isAwaitingItsDomain() {
        return tenant != Tenant.anyone() && !owner.isEmpty() && tenant.domain().isEmpty();
    }

    /** Makes a store that is there and nobody's this domain's, on the node that writes. */
    void adopt(boolean isThere) throws IOException {
        if (!isThere || !owner.isEmpty() || isUnclear || !tenant.isAdopting() || tenant.isContested()) {
            return;
        }
        Optional<String> domain = tenant.domain().filter(id -> ID.matcher(id).matches());
        if (domain.isPresent()) {
            Path unfinished = files.owner().resolveSibling(files.owner().getFileName() + ".new");
            try (FileChannel file = PrivateFiles.open(unfinished, NEW)) {
                file.write(ByteBuffer.wrap((domain.get() + "\n").getBytes(StandardCharsets.US_ASCII)));
                file.force(true);
                Files.move(unfinished, files.owner());
            } catch (FileAlreadyExistsException e) {
                // Somebody else was first; who it is shows below.
                Files.deleteIfExists(unfinished);
            }
            refresh(true);
        }
    }
}
