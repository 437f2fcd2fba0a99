package duka.system.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers states in the order in which they come, each once: compact, for there are millions. */
final class StateTable {

    private static final int CHUNK = 1 << 14;
    private static final int EMPTY = -1;

    private final int width;
    private final List<char[]> chunks = new ArrayList<>();
    private int[] slots = filled(1 << 16);
    private int size;

    StateTable(int width) {
        this.width = width;
    }

    int size() {
        return size;
    }

    char[] get(int number) {
        var from = number % CHUNK * width;
        return Arrays.copyOfRange(chunks.get(number / CHUNK), from, from + width);
    }

    /** Its number, which is the old size if it is new. */
    int add(char[] state) {
        var slot = slot(state);
        if (slots[slot] != EMPTY) {
            return slots[slot];
        }
        slots[slot] = size;
        if (size % CHUNK == 0) {
            chunks.add(new char[CHUNK * width]);
        }
        System.arraycopy(state, 0, chunks.getLast(), size % CHUNK * width, width);
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(char[] state) {
        var slot = hash(state) & slots.length - 1;
        while (slots[slot] != EMPTY && !isAt(slots[slot], state)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isAt(int number, char[] state) {
        var from = number % CHUNK * width;
        return Arrays.equals(
                chunks.get(number / CHUNK), from, from + width, state, 0, state.length);
    }

    private void grow() {
        slots = filled(slots.length * 2);
        for (var number = 0; number < size; number++) {
            slots[slot(get(number))] = number;
        }
    }

    private static int[] filled(int length) {
        var slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    private static int hash(char[] state) {
        var hash = 0;
        for (var part : state) {
            hash = (hash ^ part) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}
