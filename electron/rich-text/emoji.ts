/** Slack's names of the emoji that people write most, and the characters; those of one workspace have none. */
const known = [
  'tada 🎉, fire 🔥, rotating_light 🚨, warning ⚠️, white_check_mark ✅, heavy_check_mark ✔️',
  'ballot_box_with_check ☑️, x ❌, negative_squared_cross_mark ❎, no_entry ⛔, no_entry_sign 🚫, bug 🐛, ticket 🎫',
  'admission_tickets 🎟️, rocket 🚀, eyes 👀, pray 🙏, +1 👍, thumbsup 👍, -1 👎, thumbsdown 👎, ok_hand 👌, clap 👏',
  'wave 👋, raised_hands 🙌, raised_hand ✋, hand ✋, muscle 💪, point_up ☝️, point_up_2 👆, point_down 👇',
  'point_left 👈, point_right 👉, handshake 🤝, crossed_fingers 🤞, v ✌️, fist ✊, facepunch 👊, punch 👊',
  'writing_hand ✍️, smile 😄, smiley 😃, grinning 😀, grin 😁, laughing 😆, satisfied 😆, sweat_smile 😅, joy 😂',
  'rolling_on_the_floor_laughing 🤣, rofl 🤣, blush 😊, innocent 😇, slightly_smiling_face 🙂, upside_down_face 🙃',
  'wink 😉, relieved 😌, heart_eyes 😍, smiling_face_with_3_hearts 🥰, kissing_heart 😘, yum 😋, stuck_out_tongue 😛',
  'stuck_out_tongue_winking_eye 😜, zany_face 🤪, sunglasses 😎, nerd_face 🤓, star-struck 🤩, partying_face 🥳',
  'smirk 😏, unamused 😒, disappointed 😞, pensive 😔, worried 😟, confused 😕, slightly_frowning_face 🙁',
  'white_frowning_face ☹️, persevere 😣, confounded 😖, tired_face 😫, weary 😩, pleading_face 🥺, cry 😢, sob 😭',
  'triumph 😤, angry 😠, rage 😡, exploding_head 🤯, flushed 😳, hot_face 🥵, cold_face 🥶, scream 😱, fearful 😨',
  'cold_sweat 😰, disappointed_relieved 😥, sweat 😓, hugging_face 🤗, thinking_face 🤔, thinking 🤔, shushing_face 🤫',
  'lying_face 🤥, no_mouth 😶, neutral_face 😐, expressionless 😑, grimacing 😬, face_with_rolling_eyes 🙄, hushed 😯',
  'open_mouth 😮, astonished 😲, sleeping 😴, sleepy 😪, dizzy_face 😵, zipper_mouth_face 🤐, mask 😷',
  'face_with_thermometer 🤒, face_with_head_bandage 🤕, skull 💀, ghost 👻, alien 👽, robot_face 🤖, poop 💩, hankey 💩',
  'see_no_evil 🙈, hear_no_evil 🙉, speak_no_evil 🙊, face_palm 🤦, shrug 🤷, heart ❤️, orange_heart 🧡',
  'yellow_heart 💛, green_heart 💚, blue_heart 💙, purple_heart 💜, black_heart 🖤, broken_heart 💔, two_hearts 💕',
  'sparkling_heart 💖, 100 💯, boom 💥, collision 💥, sparkles ✨, star ⭐, star2 🌟, dizzy 💫, zap ⚡, droplet 💧',
  'sweat_drops 💦, zzz 💤, speech_balloon 💬, thought_balloon 💭, sunny ☀️, cloud ☁️, umbrella ☔, snowflake ❄️',
  'rainbow 🌈, earth_americas 🌎, earth_africa 🌍, earth_asia 🌏, computer 💻, desktop_computer 🖥️, keyboard ⌨️',
  'three_button_mouse 🖱️, printer 🖨️, phone ☎️, telephone ☎️, telephone_receiver 📞, iphone 📱, battery 🔋',
  'electric_plug 🔌, bulb 💡, flashlight 🔦, floppy_disk 💾, cd 💿, dvd 📀, camera 📷, tv 📺, satellite 🛰️',
  'satellite_antenna 📡, wrench 🔧, hammer 🔨, hammer_and_wrench 🛠️, gear ⚙️, nut_and_bolt 🔩, link 🔗, paperclip 📎',
  'pushpin 📌, round_pushpin 📍, scissors ✂️, lock 🔒, unlock 🔓, closed_lock_with_key 🔐, key 🔑, mag 🔍, mag_right 🔎',
  'shield 🛡️, bell 🔔, no_bell 🔕, loudspeaker 📢, mega 📣, email 📧, e-mail 📧, envelope ✉️, incoming_envelope 📨',
  'inbox_tray 📥, outbox_tray 📤, package 📦, mailbox 📫, memo 📝, pencil 📝, pencil2 ✏️, clipboard 📋, calendar 📆',
  'date 📅, spiral_calendar_pad 🗓️, chart_with_upwards_trend 📈, chart_with_downwards_trend 📉, bar_chart 📊',
  'page_facing_up 📄, page_with_curl 📃, file_folder 📁, open_file_folder 📂, books 📚, book 📖, open_book 📖',
  'newspaper 📰, bookmark 🔖, label 🏷️, wastebasket 🗑️, moneybag 💰, credit_card 💳, alarm_clock ⏰, stopwatch ⏱️',
  'hourglass ⌛, hourglass_flowing_sand ⏳, watch ⌚, clock1 🕐, clock12 🕛, question ❓, grey_question ❔',
  'exclamation ❗, heavy_exclamation_mark ❗, grey_exclamation ❕, bangbang ‼️, interrobang ⁉️',
  'information_source ℹ️, sos 🆘, new 🆕, up 🆙, ok 🆗, cool 🆒, free 🆓, arrow_up ⬆️, arrow_down ⬇️, arrow_left ⬅️',
  'arrow_right ➡️, arrow_forward ▶️, arrows_counterclockwise 🔄, repeat 🔁, recycle ♻️, heavy_plus_sign ➕',
  'heavy_minus_sign ➖, heavy_multiplication_x ✖️, red_circle 🔴, large_orange_circle 🟠, large_yellow_circle 🟡',
  'large_green_circle 🟢, large_blue_circle 🔵, large_purple_circle 🟣, white_circle ⚪, black_circle ⚫',
  'red_square 🟥, large_green_square 🟩, small_red_triangle 🔺, small_red_triangle_down 🔻, white_large_square ⬜',
  'black_large_square ⬛, one 1️⃣, two 2️⃣, three 3️⃣, four 4️⃣, five 5️⃣, six 6️⃣, seven 7️⃣, eight 8️⃣',
  'nine 9️⃣, zero 0️⃣, keycap_ten 🔟, coffee ☕, tea 🍵, beer 🍺, beers 🍻, pizza 🍕, cake 🍰, birthday 🎂, cookie 🍪',
  'doughnut 🍩, apple 🍎, banana 🍌, balloon 🎈, gift 🎁, confetti_ball 🎊, trophy 🏆, medal 🏅, first_place_medal 🥇',
  'dart 🎯, checkered_flag 🏁, triangular_flag_on_post 🚩, construction 🚧, construction_worker 👷, fire_engine 🚒',
  'ambulance 🚑, police_car 🚓, car 🚗, truck 🚚, train 🚋, airplane ✈️, ship 🚢, house 🏠, office 🏢, factory 🏭',
  'hospital 🏥, man 👨, woman 👩, boy 👦, girl 👧, baby 👶, busts_in_silhouette 👥, bust_in_silhouette 👤',
  'technologist 🧑‍💻, dog 🐶, cat 🐱, mouse 🐭, turtle 🐢, snail 🐌, penguin 🐧, elephant 🐘, snake 🐍, whale 🐳, crab 🦀',
  'unicorn_face 🦄, bee 🐝, seedling 🌱, evergreen_tree 🌲, four_leaf_clover 🍀, rose 🌹, sunflower 🌻, mushroom 🍄',
];

const characters: ReadonlyMap<string, string> = new Map(
  known
    .join(', ')
    .split(', ')
    .map((pair): [string, string] => {
      const [name = '', character = ''] = pair.split(' ');
      return [name, character];
    }),
);

/** The character of an emoji by its name without colons; null where it is not widely known. */
export function emojiCharacter(name: string): string | null {
  return characters.get(name) ?? null;
}
