package duka.local;

import java.util.List;

/** Whom and what a fresh shop has: always the same, so that a reader's and a test's shop agree. */
public final class Demo {

    /** Of every demo account. They can be reached from this machine only. */
    public static final String PASSWORD = "karibu-duka-1";

    public static final Person ADMIN =
            new Person(
                    "admin@duka.example",
                    "admin",
                    "Amina",
                    "Hassan",
                    "+254700000001",
                    "ADMIN",
                    "Moi Avenue 1",
                    "Nairobi",
                    "00100");

    public static final Person MANAGER =
            new Person(
                    "manager@duka.example",
                    "manager",
                    "Moses",
                    "Kiptoo",
                    "+254700000002",
                    "STORE_MANAGER",
                    "Moi Avenue 1",
                    "Nairobi",
                    "00100");

    public static final List<Person> VENDORS =
            List.of(
                    new Person(
                            "vendor1@duka.example",
                            "vendor1",
                            "Wanjiku",
                            "Kamau",
                            "+254711000001",
                            "VENDOR",
                            "Biashara Street 12",
                            "Nairobi",
                            "00100"),
                    new Person(
                            "vendor2@duka.example",
                            "vendor2",
                            "Otieno",
                            "Odhiambo",
                            "+254711000002",
                            "VENDOR",
                            "Oginga Odinga Street 7",
                            "Kisumu",
                            "40100"),
                    new Person(
                            "vendor3@duka.example",
                            "vendor3",
                            "Fatuma",
                            "Ali",
                            "+254711000003",
                            "VENDOR",
                            "Digo Road 44",
                            "Mombasa",
                            "80100"));

    public static final List<Person> CUSTOMERS =
            List.of(
                    new Person(
                            "customer1@duka.example",
                            "customer1",
                            "Achieng",
                            "Okoth",
                            "+254722000001",
                            "CUSTOMER",
                            "Moi Avenue 23",
                            "Nairobi",
                            "00100"),
                    new Person(
                            "customer2@duka.example",
                            "customer2",
                            "Brian",
                            "Mwangi",
                            "+254722000002",
                            "CUSTOMER",
                            "Kenyatta Avenue 5",
                            "Nakuru",
                            "20100"),
                    new Person(
                            "customer3@duka.example",
                            "customer3",
                            "Chebet",
                            "Rotich",
                            "+254722000003",
                            "CUSTOMER",
                            "Uganda Road 18",
                            "Eldoret",
                            "30100"),
                    new Person(
                            "customer4@duka.example",
                            "customer4",
                            "Juma",
                            "Baraka",
                            "+254722000004",
                            "CUSTOMER",
                            "Nkrumah Road 9",
                            "Mombasa",
                            "80100"),
                    new Person(
                            "customer5@duka.example",
                            "customer5",
                            "Njeri",
                            "Wambui",
                            "+254722000005",
                            "CUSTOMER",
                            "Kimathi Street 31",
                            "Nyeri",
                            "10100"));

    static final List<Shelf> SHELVES =
            List.of(
                    new Shelf(
                            "Electronics",
                            "electronics",
                            "ELECT",
                            "Phones, sound and light for home and road",
                            List.of(
                                    "Solar Lantern",
                                    "Bluetooth Speaker",
                                    "Power Bank 20000 mAh",
                                    "Wireless Earbuds",
                                    "FM Radio",
                                    "Smartphone 6.5 inch",
                                    "LED Bulb Pack",
                                    "Phone Charger USB-C",
                                    "Digital Camera",
                                    "Laptop 14 inch"),
                            List.of(2450, 3899, 2999, 4500, 1850, 18999, 950, 1200, 32500, 64999)),
                    new Shelf(
                            "Home & Kitchen",
                            "home-kitchen",
                            "HOME",
                            "For the stove, the table and the yard",
                            List.of(
                                    "Charcoal Jiko",
                                    "Enamel Sufuria Set",
                                    "Gas Cooker 2 Burner",
                                    "Thermos Flask 1.5 l",
                                    "Kiondo Basket",
                                    "Mosquito Net",
                                    "Water Filter",
                                    "Cast Iron Pan",
                                    "Cotton Bedsheets",
                                    "Chapati Rolling Pin"),
                            List.of(1500, 3200, 5450, 1799, 1350, 890, 6900, 2850, 2600, 450)),
                    new Shelf(
                            "Books",
                            "books",
                            "BOOKS",
                            "Stories, school and how the world works",
                            List.of(
                                    "The River Between",
                                    "A Grain of Wheat",
                                    "Weep Not, Child",
                                    "Petals of Blood",
                                    "Kamusi ya Kiswahili",
                                    "Atlas of East Africa",
                                    "Coming to Birth",
                                    "Secondary Mathematics 1",
                                    "Cooking in Kenya",
                                    "The Beautiful Birds of Kenya"),
                            List.of(790, 850, 720, 990, 1650, 2400, 880, 1100, 1450, 3100)),
                    new Shelf(
                            "Fashion",
                            "fashion",
                            "FASH",
                            "Worn on weekdays and on Sundays",
                            List.of(
                                    "Kitenge Shirt",
                                    "Kikoi Wrap",
                                    "Maasai Shuka",
                                    "Leather Sandals",
                                    "Beaded Bracelet",
                                    "Denim Jacket",
                                    "Cotton Kanga",
                                    "Sun Hat",
                                    "School Shoes",
                                    "Woollen Sweater"),
                            List.of(1850, 1250, 1600, 2200, 650, 3400, 980, 750, 2650, 1999)),
                    new Shelf(
                            "Sports & Outdoors",
                            "sports-outdoors",
                            "SPORT",
                            "For the track, the pitch and the hills",
                            List.of(
                                    "Football Size 5",
                                    "Running Shoes",
                                    "Camping Tent 2 Person",
                                    "Bicycle Helmet",
                                    "Skipping Rope",
                                    "Yoga Mat",
                                    "Sleeping Bag",
                                    "Hiking Boots",
                                    "Volleyball Net",
                                    "Water Bottle 1 l"),
                            List.of(1950, 7800, 9500, 2750, 390, 1800, 4200, 8900, 3600, 690)));

    private Demo() {}

    /**
     * @param role that with the most rights, as the API names it
     */
    public record Person(
            String email,
            String username,
            String firstName,
            String lastName,
            String phone,
            String role,
            String street,
            String city,
            String postalCode) {}

    /** A category with what lies on it, and the prices in whole shillings. */
    record Shelf(
            String name,
            String slug,
            String code,
            String description,
            List<String> products,
            List<Integer> prices) {}
}
