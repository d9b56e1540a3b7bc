package dev.yardmaster.tool.builtin;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression as far as a sieve has to know it: what it matches is told in full or in too wide a way, never in too
 * narrow a one.
 */
sealed interface Expression {

    /** Nothing. */
    Expression NOTHING = new Sequence(List.of());

    /**
     * One character.
     *
     * @param ascii which of ASCII
     * @param others whether some or all of the others
     * @param text the character, where it is a certain one that can be seen
     */
    record One(BitSet ascii, boolean others, Optional<Character> text) implements Expression {

        One(BitSet ascii, boolean others) {
            this(ascii, others, Optional.empty());
        }

        boolean matches(int character) {
            return character < 128 ? ascii.get(character) : others;
        }
    }

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** One of several. */
    record Choice(List<Expression> branches) implements Expression {}

    /** The same several times. @param most {@link #ANY} for no end */
    record Repeated(Expression part, int least, int most) implements Expression {

        static final int ANY = -1;
    }

    /** @return empty for what {@link ExpressionReader} cannot read */
    static Optional<Expression> of(String written, boolean ignoreCase, boolean acrossLines) {
        return new ExpressionReader(written, ignoreCase, acrossLines).read();
    }
}
