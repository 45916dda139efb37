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
    private final ServerMessages stream = new ServerMessages(ServerMessagesTest::shout, true, client);
    private final ServerMessages body = new ServerMessages(ServerMessagesTest::shout, false, client);

    @Test
    void filtersEveryDataLineOfAStream() throws IOException {
        stream.write("id: 1\nevent: message\ndata: {a}\n\ndata:{b}\n\n");
        assertThat(client).hasToString("id: 1\nevent: message\ndata: {A}\n\ndata: {B}\n\n");
    }

    @Test
    void case13_dropsALineThatCannotBeRead() throws IOException {
        stream.write("data: secret\n\ndata: {a}\n\n");
        assertThat(client).hasToString("\ndata: {A}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {": x\rdata: {a}\n", ": x\r\ndata: {a}\r\n", ": x\ndata: {a}\r"})
    void seesEveryLineThatAClientSees(String text) throws IOException {
        stream.write(text);
        assertThat(client).hasToString(": x\ndata: {A}\n");
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
    void holdsALineBackUntilItIsWhole() throws IOException {
        stream.write("data: {");
        stream.flush();
        assertThat(client.toString()).isEmpty();
        stream.write("a}\n");
        assertThat(client).hasToString("data: {A}\n");
    }

    @Test
    void neverShowsALineThatTheServerDidNotEnd() throws IOException {
        stream.write("data: {a}");
        stream.close();
        assertThat(client.toString()).isEmpty();
    }

    @Test
    void dropsAMessageThatIsTooLong() throws IOException {
        ServerMessages bounded = new ServerMessages(ServerMessagesTest::shout, true, client, 20);
        bounded.write("data: {" + "x".repeat(20) + "}\n\ndata: {a}\n");
        assertThat(client).hasToString("\ndata: {A}\n");
        ServerMessages whole = new ServerMessages(ServerMessagesTest::shout, false, client, 20);
        whole.write("{" + "x".repeat(20) + "}");
        whole.finish();
        assertThat(client).hasToString("\ndata: {A}\n");
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

    private static Optional<String> shout(String message) {
        return message.contains("{") ? Optional.of(message.toUpperCase(Locale.ROOT)) : Optional.empty();
    }
}
