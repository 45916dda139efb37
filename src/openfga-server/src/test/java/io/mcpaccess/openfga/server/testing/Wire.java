package io.mcpaccess.openfga.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on this machine that can be cut as networks do it: nothing comes through any more, and nobody is told. */
public final class Wire implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger cuts = new AtomicInteger();
    private final int target;

    /**
     * A way to a server.
     *
     * @param target the server's port
     */
    public Wire(int target) throws IOException {
        this.target = target;
        begin(this::accept);
    }

    /** Where the way begins. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing through any more on the connections that there are. */
    public void cut() {
        cuts.incrementAndGet();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                int made = cuts.get();
                begin(() -> carry(near, far, made));
                begin(() -> carry(far, near, made));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to, int made) {
        byte[] bytes = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (cuts.get() == made) {
                    out.write(bytes, 0, read);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One end is gone.
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "test-wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
