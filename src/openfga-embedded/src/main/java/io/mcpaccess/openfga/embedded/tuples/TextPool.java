package io.mcpaccess.openfga.embedded.tuples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ids as UTF-8 in pages. A place is a page and an offset in one int; a text is two bytes of length and its bytes.
 *
 * <p>Appended to by one writer. A reader that knows a place through a snapshot may read it without a lock.
 */
final class TextPool {

    private static final int PAGE_BITS = 16;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int LENGTH_BYTES = 2;

    /** The longest text, in bytes; OpenFGA's ids are shorter. */
    static final int MAX_BYTES = 4096;

    private byte[][] pages = new byte[4][];
    private int page = -1;
    private int used = PAGE_SIZE;

    /** The pages as they are now; valid for every place given so far. */
    byte[][] pages() {
        return pages;
    }

    int append(byte[] text) {
        if (text.length > MAX_BYTES) {
            throw new IllegalArgumentException("an id has at most " + MAX_BYTES + " bytes");
        }
        if (used + LENGTH_BYTES + text.length > PAGE_SIZE) {
            page++;
            if (page == PAGE_SIZE / 2) {
                throw new IllegalStateException("the store has more than 2 GB of ids");
            }
            if (page == pages.length) {
                pages = Arrays.copyOf(pages, pages.length * 2);
            }
            pages[page] = new byte[PAGE_SIZE];
            used = 0;
        }
        int place = page << PAGE_BITS | used;
        pages[page][used] = (byte) (text.length >> Byte.SIZE);
        pages[page][used + 1] = (byte) text.length;
        System.arraycopy(text, 0, pages[page], used + LENGTH_BYTES, text.length);
        used += LENGTH_BYTES + text.length;
        return place;
    }

    static byte[] page(byte[][] pages, int place) {
        return pages[place >>> PAGE_BITS];
    }

    static int from(int place) {
        return (place & PAGE_SIZE - 1) + LENGTH_BYTES;
    }

    static int length(byte[] page, int place) {
        int at = place & PAGE_SIZE - 1;
        return (page[at] & 0xFF) << Byte.SIZE | page[at + 1] & 0xFF;
    }

    static String text(byte[][] pages, int place) {
        byte[] page = page(pages, place);
        return new String(page, from(place), length(page, place), StandardCharsets.UTF_8);
    }
}
