package duka.payment.payout;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A bank that vendors can be paid at, by its clearing code.
 *
 * @param code as providers know it
 */
public record Bank(String code, String name) {

    /** Code, name, and what else people call it. */
    private static final String ALL =
            """
            044 | Access Bank             | access
            050 | Ecobank Nigeria         | ecobank
            070 | Fidelity Bank           | fidelity
            011 | First Bank of Nigeria   | first bank, firstbank, fbn
            214 | First City Monument Bank| fcmb
            058 | Guaranty Trust Bank     | gtb, gtbank, gt bank, guaranty trust
            082 | Keystone Bank           | keystone
            076 | Polaris Bank            | polaris
            221 | Stanbic IBTC Bank       | stanbic, stanbic ibtc
            232 | Sterling Bank           | sterling
            033 | United Bank for Africa  | uba
            032 | Union Bank of Nigeria   | union bank, union
            215 | Unity Bank              | unity
            035 | Wema Bank               | wema
            057 | Zenith Bank             | zenith
            K03 | Absa Bank Kenya         | absa
            K11 | Co-operative Bank       | co-op bank, coop bank, cooperative bank
            K70 | Family Bank             | family
            K07 | NCBA Bank               | ncba
            K68 | Equity Bank             | equity
            K01 | KCB Bank                | kcb, kenya commercial bank
            K57 | I&M Bank                | i&m, im bank
            K31 | Stanbic Bank Kenya      | stanbic kenya
            K02 | Standard Chartered      | standard chartered bank, stanchart
            """;

    private static final Map<String, Bank> BY_NAME = byName();

    /**
     * By its code, its name or exactly what else it is called: a part of a name might be another
     * bank's.
     */
    public static Optional<Bank> called(String name) {
        return Optional.ofNullable(BY_NAME.get(normal(name)));
    }

    public static List<String> names() {
        return BY_NAME.values().stream().map(Bank::name).distinct().sorted().toList();
    }

    private static Map<String, Bank> byName() {
        var banks = new HashMap<String, Bank>();
        for (var line : ALL.lines().toList()) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            var bank = new Bank(cells.get(0), cells.get(1));
            banks.put(normal(bank.code()), bank);
            banks.put(normal(bank.name()), bank);
            for (var alias : cells.get(2).split(",")) {
                if (banks.put(normal(alias), bank) != null) {
                    throw new IllegalStateException("two banks are called " + alias);
                }
            }
        }
        return Collections.unmodifiableMap(banks);
    }

    private static String normal(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
