// Given names and the short or pet forms they go by; each line is one name. Names of one line agree, but not as surely
// as equal ones. Sources: the nickname tables of the US and UK census offices' record linkage notes, and the diminutives
// of Russian, Ukrainian, Spanish, Portuguese, German, French, Italian, Polish, Turkish and Arabic in common grammars.

const LINES = `
abraham abe bram avi ibrahim
albert bert al alberto
alexander alex sasha alec sandy alejandro alessandro aleksandr oleksandr aleksander alexandre iskander iskandar xander alekos sacha shura
alexandra sandra sasha alejandra alessandra aleksandra oleksandra lexi
alexei alexey aleksei aleksey alyosha oleksiy oleksii alexis
alfred fred alfie alfredo
amelia amy mia
anastasia nastya asya stacy anastasiya
anatoly anatoliy anatolii tolya
andrew andy drew andrei andrey andriy andreas andre andres andrea andrzej ondrej
angela angie angelina
anna ann anne annie hannah anya anja ania nancy anita ana annette
anthony tony antonio anton antoine antony antoni toni
arkady arkadiy arkadi
arnold arnie arnaud
arthur art artur arturo
barbara barb babs barbie
bartholomew bart bartolome
benjamin ben benny benji bibi binyamin benyamin
bernard bernie bernardo bernd
boris borya
bradley brad
catherine katherine kathryn cathy kathy kate katie katya catalina katarina ekaterina yekaterina kateryna karin katrina catarina caterina kasia
charles charlie chuck carlos carlo karl carl karel
christian chris cristian kristian
christina chris tina cristina kristina christine kristin
christopher chris kit topher cristobal christoph christophe krzysztof
claudia claude
clement clem clemente
cornelius cor kees neil
curtis curt kurt
cynthia cindy
daniel dan danny danilo daniil danylo danil
david dave davey davide dawid daud dawood
deborah debbie deb debra
dennis denis denny
dmitry dima dmitri dmitriy dmitrii dmytro dimitri dimitrios mitya dimitar
dominic dom nick domingo dominique domenico
donald don donnie
dorothy dot dottie dorothea
douglas doug
edmund ed eddie edmond edmundo
edward ed eddie ted ned eduardo edouard eduard edoardo
eleanor ellie nell nora elena
elizabeth liz beth betty lisa eliza elisabeth isabel elisabetta isabella yelizaveta elizaveta liza bess elsa ilse
emmanuel manny manuel emanuel immanuel manolo
eric erik erich erick
ernest ernie ernesto ernst
eugene gene evgeny yevgeny evgeni evgeniy yevgeniy yevhen zhenya eugenio evgenii yevgenii yevgeni
evelyn eve evie
fatima fatma fatemeh fatimah
ferdinand fernando fernand hernan
florence flo
frances fran francesca francisca franziska francoise
francis frank francisco francesco franz francois franco paco pancho chico franciszek
frederick fred freddy frederic federico friedrich fredrik frederik fryderyk fritz
gabriel gabe gabriele
galina galya halyna
gennady gennadiy gennadi gena hennadiy
geoffrey jeff geoff jeffrey godfrey
george georgie jorge georges giorgio georgy georgi georgiy georg yuri yury jerzy iurii georgios yuriy jurgen jiri
gerald gerry jerry gerard gerardo gerhard
gilbert gil bert gilberto
gregory greg grigory grigoriy grigori hryhoriy gregorio gregor grisha grzegorz
guillermo memo guille
gustav gus gustavo gustave
harold harry hal harald
hassan hasan
helen nell ellen elena helena helene yelena olena lena
henry harry hank enrique henri heinrich enrico hendrik henrik henryk
herbert herb bert heriberto
herman hermann armand armando
hugh hugo huw ugo
hussein husain hossein husayn
ignacio nacho ignatius ignatios
igor ihor
ilya ilia illya elias elijah
ioannis yannis giannis iannis john
irina ira iryna irene
isaac ike ishaq isak
ivan vanya
jacob jake jack jakob yaakov jacques giacomo yakov jakub
jacqueline jackie
james jim jimmy jamie jaime diego iago santiago
janet jan jane
jason jay
jeremiah jeremy jerry
jessica jess jessie
jesus chuy chucho
joan joanna johanna juana joanne jo giovanna ioanna
john jack johnny jon juan jean johann johannes hans jan giovanni ivan ioan joao sean ian johan joan yahya
jonathan jon jonny
joseph joe joey jose josef josep giuseppe yusuf yosef iosif josip pepe youssef jozef yousef osip
joshua josh
judith judy
julia julie yulia yuliya iuliia giulia
julian jules julio giulio julius
kenneth ken kenny
konstantin kostya kostas konstantinos constantine kostyantyn constantin
lawrence larry laurence laurent lorenzo lars laurentius
leonard leo len leonardo leonid lenny
leonid lyonya leonida
leopold leo poldi
leslie les
louis lou luis luigi lewis ludwig luiz louie
lucas luke luca lukas luc lukasz
lyubov lyuba liubov
lyudmila ludmila lyuda luda liudmyla
magdalena magda lena madeleine
margaret maggie meg peggy margarita marguerite margarete greta rita gretchen margherita malgorzata
maria mary marie mariya masha mariam maryam miriam molly polly marija maryna marya mia
mark marc marco marcos marcus marko markus marek
martha marta
martin marty martino marten
matthew matt mateo matteo matthias mathieu matthieu matvey mateusz mats
maximilian max maxim maksim maxime maksym massimiliano massimo
michael mike mick mickey mikhail mykhailo miguel michel michele mikael misha michal mihail mihai mikhael mischa mikail mihailo
mohammad mohammed muhammad mohamed mohamad muhammed mehmet mamadou mahomet mohd mohamud maxamed magomed muhamad muhamed mukhammad
nadezhda nadya nadia nadiia
natalia natalie natasha nataliya natalya nataliia
nathaniel nathan nate nat
nicholas nick nicky nicolas nikolai nikolay nikolas mykola klaus nicola niccolo niels mikolaj nikola nikolaus nikos nikolaos kolya
norman norm
oleg oleh
olga olha olya
omar umar omer
osama usama oussama
oswald ozzie osvaldo
pamela pam
patricia pat patty trish tricia patrizia
patrick pat paddy patricio patrice patrik
paul pablo paolo paulo pavel pavlo pawel paulus pasha pal
peter pete pedro pierre petr petro pietro piotr pyotr petya petar piet petros
philip phil philippe felipe filippo filip philipp
rachel rae raquel
ralph rolf raul raoul
raymond ray raimundo ramon raimund
rebecca becky becca
reginald reg reggie
ricardo rick
richard rick dick rich ricky ricardo riccardo richie ryszard
robert bob rob bobby robbie roberto bert rupert robin
roger rodger ruggero rogelio
roland rolando orlando
ronald ron ronnie ronaldo reynaldo
rose rosa rosie rosita
rudolf rudy rolf rodolfo rudolph
samantha sam
samuel sam sammy samuele
sarah sally sara sadie
sebastian seb bastian sebastiano sebastien
semyon semen simon simeon shimon
sergei sergey serge sergio serhiy serhii sergiy sergii seryozha serguei sergej
solomon sol suleiman sulayman salomon
sophia sophie sofia sofiya sonya zofia sofya
stanislav stas stan stanislaw stanley
stephen steve steven esteban stefan stephan etienne stepan stefano stefanos szczepan
susan sue susie suzanne susana susanna
svetlana sveta svitlana lana
sylvia silvia
tatiana tanya tatyana tania tetiana
teresa theresa terry tess therese tereza
terence terry terrence
theodore ted teddy theo fyodor fedor teodor fedir theodor teodoro feodor
thomas tom tommy tomas tommaso tomasz toma foma
timothy tim timmy timofey timofei
tobias toby
valentin valya valentino valentyn
valery valeriy valerii valeri valerio
vanessa nessa
vasily vasiliy vasili vasilii vasyl vasya basil vasilios vassily
veronica ronnie vera veronika
victor vic viktor vitya victorio vittorio
victoria vicky viktoria viktoriya vika
vincent vince vinny vicente vincenzo
virginia ginny
vitaly vitaliy vitalii vitali vitalik
vladimir volodymyr vova volodya vladimer wladimir vlad wolodymyr uladzimir vladimiro
vladislav vlad vladyslav wladyslaw
vyacheslav slava viacheslav vyacheslaw
walter walt wally gualtiero wouter
william bill will billy willy guillermo wilhelm guillaume willem guglielmo liam
xavier javier saverio
yaroslav slava jaroslav yarik
yasser yasir
zachary zach zack zakaria zakariya
`

const NAMES = LINES.trim()
  .split('\n')
  .map((line) => line.split(' '))
/** By name, the numbers of the lines it stands in. */
const LINES_OF = linesByName(NAMES)

function linesByName(lines: readonly string[][]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  lines.forEach((names, line) => {
    for (const name of names) {
      const there = found.get(name)
      if (there === undefined) found.set(name, [line])
      else there.push(line)
    }
  })
  return found
}

export function areNicknames(left: string, right: string): boolean {
  const of = LINES_OF.get(left)
  const other = of === undefined ? undefined : LINES_OF.get(right)
  return of !== undefined && other !== undefined && of.some((line) => other.includes(line))
}

export const nicknamesOf = (name: string): string[] => (LINES_OF.get(name) ?? []).flatMap((line) => NAMES[line] ?? [])
