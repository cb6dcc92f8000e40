// How often a word stands in names, by powers of two: counts of entries of OFAC's SDN list (July 2021) and the UN's list
// (February 2026) that bear it, with the most common names of the US census (2010) beside them, which those lists lack.
// A word that is not here is taken for rare.

/** Tier n: in 2^n to 2^(n+1) of about 9,600 people. */
export const PERSON_TIERS: Readonly<Record<number, string>> = {
  8: 'muhammad ali',
  7: 'mohammad ahmad abdul abd mohammed mohamed ahmed ibrahim',
  6: 'jose hassan hasan abdullah abdallah tikriti antonio kim rahman',
  5:
    'omar carlos hussein luis maria chol jesus said gonzalez lopez reza aziz mohamad juan alberto mahmoud ' +
    'saleh husayn rodriguez jorge salim mustafa din alexander khan hamid umar perez mahmud manuel amir garcia ' +
    'salih ismail hernandez sanchez aleksandr james robert michael smith johnson williams brown jones miller ' +
    'davis',
  4:
    'miguel yusuf khalid muhammed abdel torres majid hossein karim ramirez gomez enrique vladimir flores ' +
    'sergey victor javier khalil martinez mario vladimirovich yahya yong pak andrey abbas amin chun rahim ' +
    'sergei musa angel valencia ivan ramon sayed mohsen rashid francisco fernando david salah eduardo jan ' +
    'aleksandrovich chang alvarez habib akhund nam song arturo vargas nasser castillo agha bashir salam ' +
    'sulayman saeed salman mejia mansur castro haqqani gutierrez qadhafi igor diaz masri hadi sultan alejandro ' +
    'qasim hafiz jong julio taha jamal ould walid muhsin adam daniel mikhail viktor oleg hajj wali rivera ' +
    'chong cesar felix oscar nasir muhamad abubakar salem youssef hussain barzan rawi saad jang gul thomas ' +
    'charles mary jennifer linda elizabeth barbara susan wilson anderson taylor moore jackson thompson white ' +
    'harris clark lewis robinson walker young allen king wright scott hill green adams nelson baker hall ' +
    'campbell mitchell carter roberts mark anna kevin brian li liu nguyen singh kumar sharma kaur patel muller ' +
    'schmidt sousa rossi ivanov popov smirnov petrov',
  3:
    'fuad marin hector salazar john rafael alfonso sayyid bakr asad tahir latif mahdi mohd noor qari aleksey ' +
    'kyong andrei gustavo ignacio kang alfredo fernandez martin adil mansour man sad mahmood saddam sabawi ' +
    'mostafa malik mun rehman nikolaevich elena seyyed choe ayman munoz quintero moreno armando awad ismael ' +
    'samir adel adnan hamad dmitry gastelum chin hyok myong javad faisal alexei viktorovich cho romero raul ' +
    'jairo pedro saif khaled fawaz hamza mehdi iqbal abid min rojas cifuentes noorzai yusif buitrago guzman ' +
    'ricardo reyes murillo rincon jaime kamel sergio leon bilal abdulrahman abdurrahman general faysal imad ' +
    'roberto assad issa khalaf avila zhang mendoza jaber ruben morteza akbar hosein aung jafar madani son jin ' +
    'muammar kwang yassin herrera ortega adolfo pena patricia allah grajales joseph anwar hamed yasin uthman ' +
    'medina gabriel ruiz guillermo sulaiman hashim hakim turki akram yunis arif leonidovich mikhailovich rios ' +
    'nur rosario wang abdi sahib seif iyad dmitriy ivanovich oleksandr anatolievich sergeyevich gilberto ' +
    'morales giraldo fabio jhon franco andres wei fathi ammar ashraf sami simon azhar moussa abed khalifa ' +
    'german molina elias rida parra chen shami cazares cazarez alonso villa felipe naser musab alex cheng ' +
    'peter ullah gaddafi elkaddafi qaddafi ghathafi alekseyevich shah alireza nikolayevich aleksei ruelas ' +
    'colonel nayif londono diego edgar emilio figueroa carmen serna montoya contreras hugo aguilar jamil ' +
    'guerrero tariq jihad taher saqr hamdan hani khamis fawwaz tarek kamal jasim talib yahia rodrigo meza ' +
    'beltran paul suleiman yasir yasser khayr anis cardona igorevich han barrera hafez rauf malek velasquez ' +
    'tong sok gholam gholamreza samad gadhafi yunus syed saab anas pavel borisovich mohammadi yuryevich jalal ' +
    'won steven edward ronald anthony jason jeffrey ryan jacob gary nicholas stephen jonathan larry justin ' +
    'frank sarah karen nancy lisa betty helen sandra donna carol ruth sharon michelle laura emily kimberly ' +
    'deborah jessica turner phillips parker evans edwards collins stewart morris rogers reed cook morgan bell ' +
    'murphy bailey cooper richardson cox howard ward peterson gray watson brooks kelly sanders price bennett ' +
    'wood barnes ross henderson coleman jenkins perry powell long hughes butler foster simmons bryant',
  2:
    'jibril subhi sheik leonardo abdalla ramadan escobar galindo alvaro william ernesto zapata salvador ' +
    'jaramillo claudia usama adan olga velez cardenas yun gil abdulkarim libi husain abdal islam manan asim ' +
    'makki haq chaudhry humberto milosevic milan dario ghafur jalil gharib marco suarez cabrera teresa othman ' +
    'abderrahmane gonzales zevallos ana daud marquez arriola eric natalya gerardo jimenez jabir petrovich ' +
    'niebla ghani nasr ghassan vasquez win iman muthana mohamud santiago ibarra lorenzana jafari milad fazal ' +
    'mahad jawad hashem san zadeh abdu yurievich serhiy denis serrano basir vyacheslavovich ubaydah mansoor ' +
    'qadir aiman rabi george trujillo diana orlando restrepo henao arellano chi chan sayf hamdi fatih fadil ' +
    'shaikh marwan shafiq hijazi dahir aguirre samuel zambada nabil mounir zakariya miroslav dragan youcef ' +
    'hammud duri tilfah sattar husam khaliq ghazi mubarak ustad saifullah henry yazid djamel silva hala rana ' +
    'faraj muhannad efrain duarte isa arreola bashar guadalupe luna innocent richard sayid baasyir bakar ' +
    'vasilyevich hisham ortiz vega haj petr yuri arnulfo masud osman araujo santos cordon harb kassem makhluf ' +
    'makhlouf hussayn behzad azam ojeda alvarado amar rubio kony chung lee valle gonzalo estrada maulawi abdur ' +
    'hong olivera barakzai ghadaffi muslim esmail isidro mzee abdurahman alexey pavlovich haytham badr bassam ' +
    'naim waleed saudi kyu pong artem alexandrovich darwish alekseevich gennady volodymyrovych hun oumar waked ' +
    'pyong sik yusef irina akhras wai hashimi soe maung fadlallah cruz walter linares vicente joaquin arias ' +
    'piedrahita fredy cecilia hernan atif wahab mendez caro shi benjamin cuellar nazir amr fadhil fouad fahd ' +
    'maghribi majeed sabri',
}

/** Tier n: in 2^n to 2^(n+1) of about 5,300 organisations. */
export const ORGANIZATION_TIERS: Readonly<Record<number, string>> = {
  6: 'islamic iran korea obshchestvo',
  5: 'petrochemical army iranian comercializadora shahid aktsionernoe inmobiliaria money steel movement',
  4:
    'ansar pars syrian republic east otvetstvennostyu ogranichennoi jihad security branch farm complex kish ' +
    'ghadir liberation new peoples star air ship forces establishment ocean defense force south offshore ' +
    'sociedad haramain iraq production revolutionary hotel san charitable department hong lines properties ' +
    'africa financial colombia central party aqsa syria mining shanghai welfare harakat gang isis credit ' +
    'manufacturing foreign bicentenario relief military media trafficking sea otkrytoe',
  3:
    'agropecuaria islamiya world arab jamaat support trans levant panama drug directorate golden cement islami ' +
    'mujahideen agricola distribuidora building pakistan first khayriyya korean imam gas hawala province ' +
    'generation finance valle aid qaida stichting yemen isil north scientific chemical business plant asia ' +
    'insurance federal yard electricity overseas resistance palestine network club islam land est lil sanaye ' +
    'economic division novin darya shore off nuclear casa armed united front limitada charity santa noble ' +
    'nusrat tourism equipment green sham blue corps bonyad sahel administration kong chon resources grand sina ' +
    'gostar port song day corporacion freight mujahidin jamiat ali holy islamia humanitarian servicio sharif ' +
    'sanabil help fundacion cargo projects dalian china institution science desarrollo gulf guard travel civil ' +
    'tehran commission soldiers tejarat middle wal shargh russian dandong power siman islamiyya popular ' +
    'brigades quds democratic caribe taliban west operadora haramayn usa special asa assa sinabil aqssa ' +
    'stiftelse spanm foreningen swedish spanmal medical atlas machinery chamkat house revolution petro melli ' +
    'royal sarafi tadbir currency msn rim prison myanmar sepahan razavi cimex refinery negocios palestinian ' +
    'tehrik jaish cooperation council defence jamia resort martyrs jund asbl lebanon sun engineers aluminum ' +
    'auto operation chosun radio sprl machine irgc concern television unitary pang kaveh nam mineral sherkate ' +
    'sharia jaysh zao pjsc information tose one wilayat cjsc nauchno chong pao pheap try',
  2:
    'aero agricultural plc islamiyah jamaah desarrollos gran ganadera call african sunna protection supporters ' +
    'shop falcon restaurante chemicals borisat car metallurgy sky soluciones gasolinera factory sepah line ' +
    'consorcio mines corporativo gems atomic intelligence won congo',
}
