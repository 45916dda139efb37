package io.mcpaccess.amctl.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.text.Printable;
import java.io.PrintWriter;

/** What a call says: its answer on standard output, everything else on standard error. */
public final class Output {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean hasColours;

    /**
     * Output of one call.
     *
     * @param out takes the answer
     * @param err takes progress and mistakes
     */
    public Output(PrintWriter out, PrintWriter err) {
        this(out, err, false);
    }

    /**
     * Output of one call.
     *
     * @param out takes the answer
     * @param err takes progress and mistakes
     * @param hasColours whether the answer goes to a terminal with colours
     */
    public Output(PrintWriter out, PrintWriter err, boolean hasColours) {
        this.out = out;
        this.err = err;
        this.hasColours = hasColours;
    }

    /** What a colour says. */
    public enum Colour {
        /** All is well. */
        GREEN(32),
        /** Something is wrong. */
        RED(31);

        private final int number;

        Colour(int number) {
            this.number = number;
        }
    }

    /**
     * A line of the answer in a colour, where there are colours.
     *
     * @param colour the colour
     * @param text the line
     */
    public void line(Colour colour, String text) {
        String printable = printable(text);
        out.println(hasColours ? "\u001B[" + colour.number + "m" + printable + "\u001B[0m" : printable);
        out.flush();
    }

    /**
     * A line of the answer. Texts come from MCP servers and users: control and text-reversing characters are written out,
     * so that they cannot move a terminal's cursor.
     *
     * @param text the line
     */
    public void line(String text) {
        out.println(printable(text));
        out.flush();
    }

    /**
     * The answer as JSON.
     *
     * @param json the whole of it
     */
    public void json(JsonNode json) {
        try {
            out.println(printable(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json)));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can always be written", e);
        }
    }

    /**
     * A text of several lines, as it is.
     *
     * @param text the text
     */
    public void raw(String text) {
        out.print(text);
        out.flush();
    }

    /**
     * Whether nobody reads the answer any more, as behind a pipe that was closed.
     *
     * @return true once a line could not be written
     */
    public boolean isClosed() {
        return out.checkError();
    }

    /**
     * Says what is being done, or what went wrong.
     *
     * @param text the line
     */
    public void note(String text) {
        err.println(printable(text));
        err.flush();
    }

    /**
     * Text with what a terminal would obey written out; line ends stay, those of CR LF too.
     *
     * @param text any text
     * @return the same where it is harmless already
     */
    public static String printable(String text) {
        String lines = Printable.writtenOut(text.replace("\r\n", "\n"), Output::isObeyed);
        return text.contains("\r\n") ? lines.replace("\n", "\r\n") : lines;
    }

    private static boolean isObeyed(int c) {
        return c != '\n' && c != '\t' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }
}
