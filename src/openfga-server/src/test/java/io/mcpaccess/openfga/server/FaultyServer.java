package io.mcpaccess.openfga.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes connections and then misbehaves, below the level where WireMock could. */
final class FaultyServer implements AutoCloseable {

    /** What to do with a connection on which a request has begun. */
    @FunctionalInterface
    interface Behaviour {
        void on(Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n";

    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private FaultyServer(Behaviour behaviour) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(() -> accept(behaviour), "faulty-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Takes the request and says nothing. */
    static FaultyServer silent() {
        return new FaultyServer((socket, out) -> {});
    }

    /** Allows, one byte at a time, too slowly to be done within the deadline. */
    static FaultyServer dripping() {
        return new FaultyServer((socket, out) -> {
            out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
            for (byte each : "{\"allowed\":true}".getBytes(StandardCharsets.US_ASCII)) {
                out.write(each);
                out.flush();
                // The fault itself: a server whose bytes come late.
                Thread.sleep(150);
            }
        });
    }

    /** Begins to allow and resets the connection. */
    static FaultyServer resettingInTheBody() {
        return new FaultyServer((socket, out) -> {
            out.write((HEAD + "{\"allowed\":true").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    /** Closes the connection where an answer should be. */
    static FaultyServer hangingUp() {
        return new FaultyServer((socket, out) -> socket.close());
    }

    /** Answers something that is no HTTP. */
    static FaultyServer speakingAnotherLanguage() {
        return new FaultyServer((socket, out) -> {
            out.write("SSH-2.0-nothing\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    private void accept(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                accepted.incrementAndGet();
                Thread handler = new Thread(() -> handle(socket, behaviour), "faulty-connection");
                handler.setDaemon(true);
                handler.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void handle(Socket socket, Behaviour behaviour) {
        try {
            InputStream in = socket.getInputStream();
            if (in.read(new byte[8192]) > 0) {
                behaviour.on(socket, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client has given up, as it should.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
