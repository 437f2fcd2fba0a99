package duka.web;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.NumberDeserializers.BigDecimalDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Keeps out of requests what no table and no sum of ours can take. */
final class StrictJson extends SimpleModule {

    /** No price and no quantity has more; some sums with a million zeros never end. */
    private static final int MOST_DIGITS = 100;

    StrictJson() {
        super("strict-json");
        addDeserializer(String.class, new Text());
        addDeserializer(BigDecimal.class, new Decimal());
    }

    /** PostgreSQL cannot keep a NUL character in a text. */
    private static final class Text extends StdScalarDeserializer<String> {

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return text(StringDeserializer.instance.deserialize(parser, context), context);
            }
            return text(parser.getString(), context);
        }

        private static String text(String text, DeserializationContext context) {
            return text.indexOf('\0') < 0
                    ? text
                    : context.reportInputMismatch(String.class, "NUL characters are not allowed");
        }
    }

    private static final class Decimal extends StdScalarDeserializer<BigDecimal> {

        Decimal() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
            var number = BigDecimalDeserializer.instance.deserialize(parser, context);
            if (number != null
                    && (Math.abs((long) number.scale()) > MOST_DIGITS
                            || number.precision() > MOST_DIGITS)) {
                return context.reportInputMismatch(BigDecimal.class, "too many digits");
            }
            return number;
        }
    }
}
