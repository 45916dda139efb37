package io.mcpaccess.guard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessagesTest {
    private final StringWriter client = new StringWriter();
    private final ServerMessages stream = stream(1000);
    private final ServerMessages body = body(1000);

    @Test
    void filtersEveryDataLineOfAStream() throws IOException {
        stream.write("id: 1\nevent: message\ndata: {a}\n\ndata:{b}\n\n");
        assertThat(client).hasToString("id: 1\nevent: message\ndata: {A}\n\ndata: {B}\n\n");
    }

    @Test
    void case13_dropsALineThatCannotBeRead() throws IOException {
        stream.write("data: secret\n\ndata: {a}\n\n");
        assertThat(client).hasToString("data: {A}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {": x\rdata: {a}\n\n", ": x\r\ndata: {a}\r\n\r\n", ": x\ndata: {a}\r\r"})
    void seesEveryLineThatAClientSees(String text) throws IOException {
        stream.write(text);
        assertThat(client).hasToString(": x\ndata: {A}\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data", "Data: {secret}", "data : {secret}", "\u00a0data: {secret}", "{secret}", "x: {secret}"})
    void dropsALineThatNoClientNeeds(String line) throws IOException {
        stream.write("event: message\n" + line + "\nretry: 3\n\n");
        assertThat(client).hasToString("event: message\nretry: 3\n\n");
    }

    @Test
    void seesTheFirstLineBehindAByteOrderMark() throws IOException {
        stream.write("\ufeffdata: {a}\n\n\ufeffdata: {b}\n");
        assertThat(client).hasToString("data: {A}\n\n");
    }

    @Test
    void holdsAnEventBackUntilItIsWhole() throws IOException {
        stream.write("data: {");
        stream.flush();
        assertThat(client.toString()).isEmpty();
        stream.write("a}\n");
        stream.flush();
        assertThat(client.toString()).isEmpty();
        stream.write("\n");
        assertThat(client).hasToString("data: {A}\n\n");
    }

    @Test
    void neverShowsAnEventThatTheServerDidNotEnd() throws IOException {
        stream.write("data: {a}\n");
        stream.close();
        assertThat(client.toString()).isEmpty();
    }

    @Test
    void dropsAMessageThatIsTooLong() throws IOException {
        ServerMessages bounded = stream(20);
        bounded.write("data: {" + "x".repeat(20) + "}\n\ndata: {a}\n\n");
        assertThat(client).hasToString("data: {A}\n\n");
        ServerMessages whole = body(20);
        whole.write("{" + "x".repeat(20) + "}");
        whole.finish();
        assertThat(client).hasToString("data: {A}\n\n");
    }

    @Test
    void filtersABodyAsOneMessage() throws IOException {
        body.write("{a\n");
        body.flush();
        assertThat(client.toString()).isEmpty();
        body.write("b}");
        body.finish();
        body.close();
        assertThat(client).hasToString("{A\nB}");
    }

    @Test
    void dropsABodyThatCannotBeRead() throws IOException {
        body.write("secret");
        body.close();
        assertThat(client.toString()).isEmpty();
    }

    private ServerMessages stream(int most) {
        return new ServerMessages(ServerMessagesTest::shout, Optional::of, true, client, most);
    }

    private ServerMessages body(int most) {
        return new ServerMessages(ServerMessagesTest::shout, Optional::of, false, client, most);
    }

    private static Optional<String> shout(String message) {
        return message.contains("{") ? Optional.of(message.toUpperCase(Locale.ROOT)) : Optional.empty();
    }
}
