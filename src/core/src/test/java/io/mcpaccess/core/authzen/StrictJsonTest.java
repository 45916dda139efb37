package io.mcpaccess.core.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of I-JSON; the guard, which shares no class with core, reads the same file. */
class StrictJsonTest {

    private final StrictJson json = new StrictJson();

    @ParameterizedTest
    @MethodSource("bodies")
    void takesAndRefusesWhatTheGuardDoes(String line) {
        boolean isTaken;
        try {
            isTaken = json.readObject(body(line)) != null;
        } catch (MalformedRequestException e) {
            isTaken = false;
        }

        assertThat(isTaken).isEqualTo(line.startsWith("taken") || line.startsWith("half"));
    }

    static Stream<String> bodies() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/i-json.txt")).stream()
                .filter(line -> !line.startsWith("#"));
    }

    private static byte[] body(String line) {
        String text = line.replaceFirst("^\\w+ ?", "");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (text.startsWith("\\x", i)) {
                body.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 4;
            } else {
                int character = text.codePointAt(i);
                body.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character);
            }
        }
        return body.toByteArray();
    }
}
